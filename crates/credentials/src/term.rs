//! The words of credentials: what a key of the JSON means. Taken from the three published contexts that [`CONTEXTS`]
//! names; a word that is missing here cannot be written.

/// The context of every Verifiable Credential 2.0.
pub(crate) const VC: &str = "https://www.w3.org/ns/credentials/v2";

/// The context of Open Badges 3.0.
pub(crate) const OB: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

/// `rdf:type`.
pub(crate) const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

/// A kind of thing: its name in the JSON and what it stands for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Class {
    pub(crate) name: &'static str,
    pub(crate) iri: &'static str,
    /// Whether it stands in an array even if it is the only one.
    pub(crate) many: bool,
}

/// A key of the JSON.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Term {
    pub(crate) key: &'static str,
    /// What it stands for.
    pub(crate) iri: &'static str,
    /// What its texts are.
    pub(crate) form: Form,
    /// Whether its values stand in an array even if there is one only.
    pub(crate) many: bool,
}

/// What a text is in the graph.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Form {
    /// A string.
    Plain,
    /// A literal of this type.
    Typed(&'static str),
    /// The name of another thing.
    Link,
}

macro_rules! classes {
    ($($id:ident = $base:ident $name:literal, $many:literal;)*) => {$(
        pub(crate) const $id: Class = Class {
            name: $name,
            iri: concat!($base!(), $name),
            many: $many,
        };
    )*};
}

macro_rules! terms {
    ($($id:ident = $key:literal $base:ident $name:literal $form:expr, $many:literal;)*) => {$(
        pub(crate) const $id: Term = Term {
            key: $key,
            iri: concat!($base!(), $name),
            form: $form,
            many: $many,
        };
    )*};
}

macro_rules! vc {
    () => {
        "https://www.w3.org/2018/credentials#"
    };
}
macro_rules! ob {
    () => {
        "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
    };
}
macro_rules! schema {
    () => {
        "https://schema.org/"
    };
}
macro_rules! status {
    () => {
        "https://www.w3.org/ns/credentials/status#"
    };
}
macro_rules! security {
    () => {
        "https://w3id.org/security#"
    };
}
macro_rules! dublin_core {
    () => {
        "http://purl.org/dc/terms/"
    };
}

classes! {
    VERIFIABLE_CREDENTIAL = vc "VerifiableCredential", true;
    OPEN_BADGE_CREDENTIAL = ob "OpenBadgeCredential", true;
    ACHIEVEMENT_SUBJECT = ob "AchievementSubject", true;
    ACHIEVEMENT = ob "Achievement", true;
    PROFILE = ob "Profile", true;
    RESULT = ob "Result", true;
    RESULT_DESCRIPTION = ob "ResultDescription", true;
    RUBRIC_CRITERION_LEVEL = ob "RubricCriterionLevel", true;
    STATUS_LIST_CREDENTIAL = status "BitstringStatusListCredential", false;
    STATUS_LIST = status "BitstringStatusList", false;
    STATUS_LIST_ENTRY = status "BitstringStatusListEntry", false;
    DATA_INTEGRITY_PROOF = security "DataIntegrityProof", false;
}

const DATE_TIME: Form = Form::Typed("http://www.w3.org/2001/XMLSchema#dateTime");
// With an s, as the context of Open Badges has it.
const ANY_URI: Form = Form::Typed("https://www.w3.org/2001/XMLSchema#anyURI");
const MULTIBASE: Form = Form::Typed("https://w3id.org/security#multibase");
const SUITE: Form = Form::Typed("https://w3id.org/security#cryptosuiteString");

terms! {
    ISSUER = "issuer" vc "issuer" Form::Link, false;
    VALID_FROM = "validFrom" vc "validFrom" DATE_TIME, false;
    VALID_UNTIL = "validUntil" vc "validUntil" DATE_TIME, false;
    SUBJECT = "credentialSubject" vc "credentialSubject" Form::Link, false;
    STATUS = "credentialStatus" vc "credentialStatus" Form::Link, false;

    NAME = "name" schema "name" Form::Plain, false;
    DESCRIPTION = "description" schema "description" Form::Plain, false;
    URL = "url" schema "url" ANY_URI, false;
    VALUE = "value" schema "value" Form::Plain, false;
    IN_LANGUAGE = "inLanguage" schema "inLanguage" Form::Plain, false;

    ACHIEVEMENT_OF = "achievement" ob "achievement" Form::Plain, false;
    ACHIEVEMENT_TYPE = "achievementType" ob "achievementType" Form::Plain, false;
    CRITERIA = "criteria" ob "Criteria" Form::Link, false;
    NARRATIVE = "narrative" ob "narrative" Form::Plain, false;
    SOURCE = "source" ob "source" Form::Link, false;
    RESULTS = "result" ob "result" Form::Plain, true;
    RESULT_DESCRIPTIONS = "resultDescription" ob "resultDescription" Form::Plain, true;
    RESULT_TYPE = "resultType" ob "resultType" Form::Plain, false;
    RUBRIC_CRITERION_LEVELS = "rubricCriterionLevel" ob "rubricCriterionLevel" Form::Plain, true;
    LEVEL = "level" ob "level" Form::Plain, false;
    // In a result it names the description; in an achievement it holds them.
    DESCRIBED_BY = "resultDescription" ob "resultDescription" ANY_URI, false;
    ACHIEVED_LEVEL = "achievedLevel" ob "achievedLevel" ANY_URI, false;

    STATUS_PURPOSE = "statusPurpose" status "statusPurpose" Form::Plain, false;
    STATUS_INDEX = "statusListIndex" status "statusListIndex" Form::Plain, false;
    STATUS_CREDENTIAL = "statusListCredential" status "statusListCredential" Form::Link, false;
    ENCODED_LIST = "encodedList" status "encodedList" MULTIBASE, false;

    CREATED = "created" dublin_core "created" DATE_TIME, false;
    CRYPTOSUITE = "cryptosuite" security "cryptosuite" SUITE, false;
    VERIFICATION_METHOD = "verificationMethod" security "verificationMethod" Form::Link, false;
}

/// In the JSON `assertionMethod`, in the graph the name of that purpose.
pub(crate) const PROOF_PURPOSE: Term = Term {
    key: "proofPurpose",
    iri: concat!(security!(), "proofPurpose"),
    form: Form::Link,
    many: false,
};

/// What the purpose `assertionMethod` stands for.
pub(crate) const ASSERTION_METHOD: &str = concat!(security!(), "assertionMethod");
