//! TCAP (Q.773): transaction, dialogue and component portions.

use super::ber::{Ber, tag};

/// An object identifier's contents octets.
pub type Oid = [u8; 7];

/// id-as-dialogue version 1 (Q.773 §4.2.3): 0.0.17.773.1.1.1.
const DIALOGUE_AS: Oid = [0x00, 0x11, 0x86, 0x05, 0x01, 0x01, 0x01];

/// The kind of a message with its transaction identifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transaction {
    /// Opens.
    Begin {
        /// Originating transaction.
        otid: u32,
    },
    /// Goes on.
    Continue {
        /// The sender's transaction.
        otid: u32,
        /// The receiver's.
        dtid: u32,
    },
    /// Closes.
    End {
        /// The receiver's transaction.
        dtid: u32,
    },
}

/// What the dialogue portion says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialogue {
    /// No dialogue portion.
    None,
    /// AARQ with an application context.
    Request(Oid),
    /// AARE that accepts it.
    Response(Oid),
}

/// One component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Component {
    /// Asks for an operation; the argument is encoded.
    Invoke(u8, u8, Vec<u8>),
    /// Its result: invoke, operation, parameter (empty: none, then the operation is left out as well).
    Result(u8, u8, Vec<u8>),
    /// Its failure: invoke, error code, parameter.
    Error(u8, u8, Vec<u8>),
}

/// One TCAP message.
pub fn message(transaction: Transaction, dialogue: Dialogue, components: &[Component]) -> Vec<u8> {
    Ber::build(|b| {
        let (kind, otid, dtid) = match transaction {
            Transaction::Begin { otid } => (0x62, Some(otid), None),
            Transaction::Continue { otid, dtid } => (0x65, Some(otid), Some(dtid)),
            Transaction::End { dtid } => (0x64, None, Some(dtid)),
        };
        b.node(kind, |b| {
            if let Some(otid) = otid {
                b.octets(0x48, &otid.to_be_bytes());
            }
            if let Some(dtid) = dtid {
                b.octets(0x49, &dtid.to_be_bytes());
            }
            dialogue_portion(b, dialogue);
            if !components.is_empty() {
                b.node(0x6c, |b| {
                    for component in components {
                        write_component(b, component);
                    }
                });
            }
        });
    })
}

fn dialogue_portion(b: &mut Ber, dialogue: Dialogue) {
    let (kind, context) = match dialogue {
        Dialogue::None => return,
        Dialogue::Request(context) => (0x60, context),
        Dialogue::Response(context) => (0x61, context),
    };
    // [APPLICATION 11] { EXTERNAL { direct-reference, [0] single-ASN1-type { AARQ | AARE } } }
    b.node(0x6b, |b| {
        b.node(0x28, |b| {
            b.octets(tag::OID, &DIALOGUE_AS);
            b.node(0xa0, |b| {
                b.node(kind, |b| {
                    b.octets(0x80, &[0x07, 0x80]); // protocol-version { version1 }
                    b.node(0xa1, |b| b.octets(tag::OID, &context));
                    if kind == 0x61 {
                        b.node(0xa2, |b| b.integer(tag::INTEGER, 0)); // result: accepted
                        b.node(0xa3, |b| {
                            b.node(0xa1, |b| b.integer(tag::INTEGER, 0)) // dialogue-service-user: null
                        });
                    }
                })
            });
        })
    });
}

fn write_component(b: &mut Ber, component: &Component) {
    match component {
        Component::Invoke(invoke, operation, argument) => b.node(0xa1, |b| {
            b.integer(tag::INTEGER, u32::from(*invoke));
            b.integer(tag::INTEGER, u32::from(*operation));
            b.raw(argument);
        }),
        Component::Result(invoke, operation, parameter) => b.node(0xa2, |b| {
            b.integer(tag::INTEGER, u32::from(*invoke));
            if !parameter.is_empty() {
                b.node(tag::SEQUENCE, |b| {
                    b.integer(tag::INTEGER, u32::from(*operation));
                    b.raw(parameter);
                });
            }
        }),
        Component::Error(invoke, error, parameter) => b.node(0xa3, |b| {
            b.integer(tag::INTEGER, u32::from(*invoke));
            b.integer(tag::INTEGER, u32::from(*error));
            b.raw(parameter);
        }),
    }
}
