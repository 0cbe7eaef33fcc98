//! The dialogue portion (Q.773 §3.2, Tables 33 to 49).
//!
//! ```text
//! DialoguePortion [APPLICATION 11] { EXTERNAL { direct-reference OID, single-ASN1-type [0] {
//!     AARQ-apdu [APPLICATION 0] { protocol-version [0], application-context-name [1], user-information [30] }
//!     AARE-apdu [APPLICATION 1] { [0], [1], result [2], result-source-diagnostic [3], user-information [30] }
//!     ABRT-apdu [APPLICATION 4] { abort-source [0], user-information [30] }
//!     AUDT-apdu [APPLICATION 0] as AARQ, under the object identifier of unidirectional dialogues } } }
//! ```

use super::{ApplicationContext, LAYER};
use crate::wire::DecodeError;
use crate::wire::asn1::{Class, Element, Elements, universal};

/// Which dialogue PDU.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DialogueKind {
    /// Dialogue request.
    Aarq,
    /// Dialogue response.
    Aare,
    /// Dialogue abort.
    Abrt,
    /// Unidirectional dialogue.
    Audt,
}

impl DialogueKind {
    /// The name in Q.773.
    pub fn name(self) -> &'static str {
        match self {
            Self::Aarq => "AARQ",
            Self::Aare => "AARE",
            Self::Abrt => "ABRT",
            Self::Audt => "AUDT",
        }
    }
}

/// Result source diagnostic of an AARE (Table 45/Q.773).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Diagnostic {
    /// dialogue-service-user: 0 null, 1 no-reason-given, 2 application-context-name-not-supported.
    User(u8),
    /// dialogue-service-provider: 0 null, 1 no-reason-given, 2 no-common-dialogue-portion.
    Provider(u8),
}

/// The dialogue portion of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialogue<'a> {
    /// Which PDU.
    pub kind: DialogueKind,
    /// Application context, where named.
    pub application_context: Option<ApplicationContext>,
    /// The contents octets of its object identifier.
    pub application_context_name: &'a [u8],
    /// Associate result of an AARE: 0 accepted, 1 reject-permanent.
    pub result: Option<u8>,
    /// Why, in an AARE.
    pub diagnostic: Option<Diagnostic>,
    /// Who aborted, in an ABRT: 0 dialogue-service-user, 1 dialogue-service-provider.
    pub abort_source: Option<u8>,
    /// The contents of user-information: EXTERNALs of the application (MAP-OPEN and its like).
    pub user_information: &'a [u8],
}

impl<'a> Dialogue<'a> {
    /// Reads the portion. What was read before a defect is returned with it.
    pub(super) fn parse(portion: &Element<'a>) -> (Option<Self>, Option<DecodeError>) {
        let mut unidirectional = false;
        let mut defect = None;
        let mut externals = portion.children();
        let external = match externals.next() {
            Some(Ok(external)) if external.tag() == (Class::Universal, universal::EXTERNAL) => external,
            Some(Err(error)) => return (None, Some(error)),
            _ => {
                return (None, Some(portion.malformed("dialogue portion is no EXTERNAL")));
            }
        };
        for element in external.children().chain(externals) {
            match element {
                Ok(element) => match element.tag() {
                    // dialogue-as-id 0.0.17.773.1.1.1, uniDialogue-as-id 0.0.17.773.1.2.1
                    (Class::Universal, universal::OBJECT_IDENTIFIER) => {
                        unidirectional = element.content.ends_with(&[2, 1]);
                    }
                    (Class::Context, 0) => {
                        let (dialogue, error) = Self::pdu(element.children(), unidirectional);
                        let none = || element.malformed("dialogue portion without a known PDU");
                        let missing = dialogue.is_none().then(none);
                        return (dialogue, error.or(missing).or(defect));
                    }
                    _ => {}
                },
                Err(error) => defect = defect.or(Some(error)),
            }
        }
        let missing = portion.malformed("dialogue portion without a PDU");
        (None, defect.or(Some(missing)))
    }

    fn pdu(mut pdus: Elements<'a>, unidirectional: bool) -> (Option<Self>, Option<DecodeError>) {
        let pdu = match pdus.next() {
            Some(Ok(pdu)) => pdu,
            Some(Err(error)) => return (None, Some(error)),
            None => return (None, None),
        };
        let kind = match pdu.tag() {
            (Class::Application, 0) if unidirectional => DialogueKind::Audt,
            (Class::Application, 0) => DialogueKind::Aarq,
            (Class::Application, 1) => DialogueKind::Aare,
            (Class::Application, 4) => DialogueKind::Abrt,
            _ => return (None, None),
        };
        let mut dialogue = Self {
            kind,
            application_context: None,
            application_context_name: &[],
            result: None,
            diagnostic: None,
            abort_source: None,
            user_information: &[],
        };
        let mut defect = None;
        for element in pdu.children() {
            if let Err(error) = element.and_then(|element| dialogue.read(&element)) {
                defect.get_or_insert(error);
            }
        }
        (Some(dialogue), defect)
    }

    fn read(&mut self, element: &Element<'a>) -> Result<(), DecodeError> {
        match (self.kind, element.tag()) {
            (_, (Class::Context, 30)) => self.user_information = element.content,
            (DialogueKind::Abrt, (Class::Context, 0)) => {
                self.abort_source = Some(small(element)?);
            }
            (_, (Class::Context, 1)) => {
                let oid = first(element)?;
                self.application_context = ApplicationContext::from_oid(oid.content);
                self.application_context_name = oid.content;
            }
            (DialogueKind::Aare, (Class::Context, 2)) => {
                self.result = Some(small(&first(element)?)?);
            }
            (DialogueKind::Aare, (Class::Context, 3)) => {
                let source = first(element)?;
                let value = small(&first(&source)?)?;
                self.diagnostic = Some(match source.number {
                    1 => Diagnostic::User(value),
                    _ => Diagnostic::Provider(value),
                });
            }
            _ => {}
        }
        Ok(())
    }
}

fn first<'a>(element: &Element<'a>) -> Result<Element<'a>, DecodeError> {
    let missing = DecodeError::malformed(LAYER, element.offset, "empty member of a dialogue PDU");
    element.children().next().unwrap_or(Err(missing))
}

fn small(element: &Element<'_>) -> Result<u8, DecodeError> {
    u8::try_from(element.integer()?).map_err(|_| element.malformed("value of a dialogue PDU"))
}
