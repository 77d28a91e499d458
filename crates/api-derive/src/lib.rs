//! `#[derive(Plain)]`, beside `SimpleObject`, `Union` or `Enum` of async-graphql: writes the type as JSON
//! at once, without a task for each field. What it is for stands at `dreamtree_api::Plain`.

mod camel;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Data, DeriveInput, Error, Fields, Result, Variant, ext::IdentExt, parse_macro_input};

/// Writes `Plain` for a struct with named fields, for an enum of objects (a union), or for an enum of words.
#[proc_macro_derive(Plain)]
pub fn plain(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand(&input)
        .unwrap_or_else(|error| error.to_compile_error())
        .into()
}

fn expand(input: &DeriveInput) -> Result<TokenStream> {
    match &input.data {
        Data::Struct(data) => object(input, &data.fields),
        Data::Enum(data) if data.variants.iter().all(|one| one.fields.is_empty()) => {
            Ok(words(input))
        }
        Data::Enum(data) => union(input, data.variants.iter()),
        Data::Union(_) => Err(Error::new_spanned(input, "Plain is for structs and enums")),
    }
}

fn object(input: &DeriveInput, fields: &Fields) -> Result<TokenStream> {
    let Fields::Named(fields) = fields else {
        return Err(Error::new_spanned(input, "Plain needs named fields"));
    };
    let special = fields.named.iter().flat_map(|field| &field.attrs);
    let mut special = special
        .chain(&input.attrs)
        .filter(|attribute| attribute.path().is_ident("graphql"));
    if let Some(attribute) = special.next() {
        return Err(Error::new_spanned(
            attribute,
            "Plain reads the fields as they are, without attributes of async-graphql",
        ));
    }
    let idents: Vec<_> = fields.named.iter().map(|field| &field.ident).collect();
    let names: Vec<_> = idents
        .iter()
        .filter_map(|ident| ident.as_ref())
        .map(|ident| camel::case(&ident.unraw().to_string()))
        .collect();
    let name = &input.ident;
    let test = format_ident!("plain_{}", name.to_string().to_lowercase());
    let places = 0..names.len();
    let also = places.clone();
    Ok(quote! {
        impl ::dreamtree_api::Plain for #name {
            fn write(&self, plan: &::dreamtree_api::Plan<'_>, out: &mut ::std::vec::Vec<u8>) {
                ::dreamtree_api::plain::write_object(self, plan, out);
            }
        }

        impl ::dreamtree_api::PlainObject for #name {
            fn place(name: &str) -> ::core::option::Option<usize> {
                ::core::option::Option::Some(match name {
                    #(#names => #places,)*
                    _ => return ::core::option::Option::None,
                })
            }

            fn write_field(
                &self,
                place: usize,
                plan: &::dreamtree_api::Plan<'_>,
                out: &mut ::std::vec::Vec<u8>,
            ) {
                match place {
                    #(#also => ::dreamtree_api::Plain::write(&self.#idents, plan, out),)*
                    _ => {}
                }
            }
        }

        #[cfg(test)]
        mod #test {
            #[test]
            fn has_the_fields_of_the_schema() {
                ::dreamtree_api::plain::check::<super::#name>(&[#(#names),*]);
            }
        }
    })
}

fn union<'a>(
    input: &DeriveInput,
    variants: impl Iterator<Item = &'a Variant>,
) -> Result<TokenStream> {
    let mut arms = Vec::new();
    let union = input.ident.to_string();
    for variant in variants {
        let ident = &variant.ident;
        let Fields::Unnamed(fields) = &variant.fields else {
            return Err(Error::new_spanned(variant, "a union is made of objects"));
        };
        if fields.unnamed.len() != 1 {
            return Err(Error::new_spanned(variant, "a variant is one object"));
        }
        arms.push(quote! {
            Self::#ident(object) => ::dreamtree_api::Plain::write(object, plan, out)
        });
    }
    let name = &input.ident;
    Ok(quote! {
        impl ::dreamtree_api::Plain for #name {
            fn write(&self, plan: &::dreamtree_api::Plan<'_>, out: &mut ::std::vec::Vec<u8>) {
                let plan = plan.within(#union.into());
                match self { #(#arms,)* }
            }
        }
    })
}

fn words(input: &DeriveInput) -> TokenStream {
    let name = &input.ident;
    quote! {
        impl ::dreamtree_api::Plain for #name {
            fn write(&self, _: &::dreamtree_api::Plan<'_>, out: &mut ::std::vec::Vec<u8>) {
                ::dreamtree_api::plain::write_word(*self, out);
            }
        }
    }
}
