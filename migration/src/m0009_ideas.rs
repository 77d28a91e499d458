//! Brainstorming: trees over nodes that a user has only once, so that trees can be compared.

use crate::step::{Step, Table, owned};

/// The tables of this step.
pub(crate) const STEP: Step = Step {
    name: "m0009_ideas",
    tables: TABLES,
};

const TABLES: &[Table] = &[
    owned("user_idea_trees", USER_IDEA_TREES),
    owned("user_idea_nodes", USER_IDEA_NODES),
    owned("user_idea_tree_nodes", USER_IDEA_TREE_NODES),
    owned("user_idea_edges", USER_IDEA_EDGES),
];

/// One brainstorming session. Its root is marked in `user_idea_tree_nodes`.
const USER_IDEA_TREES: &str = "
CREATE TABLE user_idea_trees (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    instance_id {uuid},
    name text,
    revision integer NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    CONSTRAINT pk_user_idea_trees PRIMARY KEY (user_id, id),
    CONSTRAINT fk_user_idea_trees_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_idea_trees_instance FOREIGN KEY (user_id, instance_id)
        REFERENCES user_tool_instances (user_id, id) ON DELETE CASCADE
);
CREATE INDEX idx_user_idea_trees_user ON user_idea_trees (user_id);
CREATE INDEX idx_user_idea_trees_instance ON user_idea_trees (user_id, instance_id);
";

/// Words and thoughts, each once per user.
const USER_IDEA_NODES: &str = "
CREATE TABLE user_idea_nodes (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    content text NOT NULL,
    created_at {time} NOT NULL,
    CONSTRAINT pk_user_idea_nodes PRIMARY KEY (user_id, id),
    CONSTRAINT uq_user_idea_nodes_content UNIQUE (user_id, content),
    CONSTRAINT fk_user_idea_nodes_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX idx_user_idea_nodes_user ON user_idea_nodes (user_id);
";

/// Which nodes a tree holds, and which of them is its only root.
const USER_IDEA_TREE_NODES: &str = "
CREATE TABLE user_idea_tree_nodes (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    tree_id {uuid} NOT NULL,
    node_id {uuid} NOT NULL,
    is_root boolean NOT NULL,
    position integer NOT NULL,
    created_at {time} NOT NULL,
    CONSTRAINT pk_user_idea_tree_nodes PRIMARY KEY (user_id, id),
    CONSTRAINT uq_user_idea_tree_nodes_node UNIQUE (user_id, tree_id, node_id),
    CONSTRAINT fk_user_idea_tree_nodes_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_idea_tree_nodes_tree FOREIGN KEY (user_id, tree_id)
        REFERENCES user_idea_trees (user_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_user_idea_tree_nodes_node FOREIGN KEY (user_id, node_id)
        REFERENCES user_idea_nodes (user_id, id) ON DELETE CASCADE
);
CREATE INDEX idx_user_idea_tree_nodes_node ON user_idea_tree_nodes (user_id, node_id);
CREATE UNIQUE INDEX idx_user_idea_tree_nodes_one_root ON user_idea_tree_nodes (user_id, tree_id)
    WHERE is_root;
";

/// What leads to what within one tree; `position` orders the branches of a node.
const USER_IDEA_EDGES: &str = "
CREATE TABLE user_idea_edges (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    tree_id {uuid} NOT NULL,
    from_node_id {uuid} NOT NULL,
    to_node_id {uuid} NOT NULL,
    position integer NOT NULL,
    created_at {time} NOT NULL,
    CONSTRAINT pk_user_idea_edges PRIMARY KEY (user_id, id),
    CONSTRAINT uq_user_idea_edges_ends UNIQUE (user_id, tree_id, from_node_id, to_node_id),
    CONSTRAINT ck_user_idea_edges_ends CHECK (from_node_id <> to_node_id),
    CONSTRAINT fk_user_idea_edges_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_idea_edges_tree FOREIGN KEY (user_id, tree_id)
        REFERENCES user_idea_trees (user_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_user_idea_edges_from_node FOREIGN KEY (user_id, from_node_id)
        REFERENCES user_idea_nodes (user_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_user_idea_edges_to_node FOREIGN KEY (user_id, to_node_id)
        REFERENCES user_idea_nodes (user_id, id) ON DELETE CASCADE
);
CREATE INDEX idx_user_idea_edges_tree ON user_idea_edges (user_id, tree_id);
CREATE INDEX idx_user_idea_edges_from ON user_idea_edges (user_id, from_node_id);
CREATE INDEX idx_user_idea_edges_to ON user_idea_edges (user_id, to_node_id);
";
