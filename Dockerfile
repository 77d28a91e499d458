# The server with its content. Without other settings it keeps an SQLite file and its keys in the volume.

FROM rust:1.95-slim-bookworm AS build
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target \
    cargo build --release --locked --package dreamtree \
    && cp target/release/dreamtree /usr/local/bin/dreamtree

FROM debian:bookworm-slim
# curl asks /readyz in health checks.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates curl \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --user-group --uid 10001 --no-create-home --shell /usr/sbin/nologin dreamtree \
    && install --directory --owner=dreamtree --group=dreamtree --mode=0700 /srv/dreamtree/data
COPY --from=build /usr/local/bin/dreamtree /usr/local/bin/dreamtree
COPY seed-data /srv/dreamtree/seed-data
WORKDIR /srv/dreamtree
USER dreamtree
ENV DREAMTREE_SERVER_LISTEN=0.0.0.0:8080
VOLUME /srv/dreamtree/data
EXPOSE 8080
ENTRYPOINT ["dreamtree"]
CMD ["serve"]
