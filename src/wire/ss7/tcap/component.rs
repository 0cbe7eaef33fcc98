//! The component portion (Q.773 §3.1, Tables 17 to 32).
//!
//! ```text
//! Invoke            [1] { invokeID INTEGER, linkedID [0] OPTIONAL, operationCode, parameter OPTIONAL }
//! ReturnResultLast  [2] { invokeID, SEQUENCE { operationCode, parameter } OPTIONAL }
//! ReturnError       [3] { invokeID, errorCode, parameter OPTIONAL }
//! Reject            [4] { invokeID or NULL, problem [0] general, [1] invoke, [2] returnResult, [3] returnError }
//! ReturnResultNotLast [7] as ReturnResultLast
//! operationCode, errorCode ::= CHOICE { localValue INTEGER, globalValue OBJECT IDENTIFIER }
//! ```

use super::super::names;
use super::{LAYER, ansi};
use crate::wire::asn1::{Class, Element, Elements, universal};
use crate::wire::{DecodeError, DecodeErrorKind};

/// Which component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum ComponentKind {
    Invoke,
    ReturnResultLast,
    ReturnResultNotLast,
    ReturnError,
    Reject,
}

impl ComponentKind {
    /// The name in Q.773.
    pub fn name(self) -> &'static str {
        match self {
            Self::Invoke => "invoke",
            Self::ReturnResultLast => "returnResultLast",
            Self::ReturnResultNotLast => "returnResultNotLast",
            Self::ReturnError => "returnError",
            Self::Reject => "reject",
        }
    }
}

/// An operation code or error code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code<'a> {
    /// localValue.
    Local(i32),
    /// globalValue: the contents octets of the object identifier.
    Global(&'a [u8]),
    /// National, of ANSI.
    National(i32),
    /// Private, of ANSI: family and specifier.
    Private(i32),
}

impl Code<'_> {
    /// The local value, where it is one.
    pub fn local(self) -> Option<i32> {
        match self {
            Self::Local(value) => Some(value),
            _ => None,
        }
    }

    /// The value, where it is a number.
    pub fn number(self) -> Option<i32> {
        match self {
            Self::Local(value) | Self::National(value) | Self::Private(value) => Some(value),
            Self::Global(_) => None,
        }
    }
}

/// Why a component was rejected: the problem code of its group (Tables 28 to 31/Q.773).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Problem {
    /// Of any component: 0 unrecognizedComponent, 1 mistypedComponent, 2 badlyStructuredComponent.
    General(u8),
    /// Of an invoke: 0 duplicateInvokeID, 1 unrecognizedOperation, 2 mistypedParameter, 3 resourceLimitation,
    /// 4 initiatingRelease, 5 unrecognizedLinkedID, 6 linkedResponseUnexpected, 7 unexpectedLinkedOperation.
    Invoke(u8),
    /// Of a result: 0 unrecognizedInvokeID, 1 returnResultUnexpected, 2 mistypedParameter.
    ReturnResult(u8),
    /// Of an error: 0 unrecognizedInvokeID, 1 returnErrorUnexpected, 2 unrecognizedError, 3 unexpectedError,
    /// 4 mistypedParameter.
    ReturnError(u8),
    /// Of ANSI (T1.114.3 table 20): group and problem.
    Ansi(u8, u8),
}

impl Problem {
    /// Group and problem as one number: 100 times the group (general 0, invoke 1, returnResult 2, returnError 3; as
    /// sent in ANSI), and the problem.
    pub fn code(self) -> i32 {
        let (group, problem) = match self {
            Self::General(problem) => (0, problem),
            Self::Invoke(problem) => (1, problem),
            Self::ReturnResult(problem) => (2, problem),
            Self::ReturnError(problem) => (3, problem),
            Self::Ansi(group, problem) => (group, problem),
        };
        i32::from(group).saturating_mul(100).saturating_add(i32::from(problem))
    }

    /// The name in Q.773 or T1.114.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Ansi(..) => ansi_problem_name(self.code()),
            _ => problem_name(self.code()),
        }
    }
}

names! {
    /// The name of a problem by [`Problem::code`] (Tables 28 to 31/Q.773).
    problem_name(i32);
    0 => "unrecognizedComponent",
    1 => "mistypedComponent",
    2 => "badlyStructuredComponent",
    100 => "duplicateInvokeID",
    101 => "unrecognizedOperation",
    102 => "mistypedParameter",
    103 => "resourceLimitation",
    104 => "initiatingRelease",
    105 => "unrecognizedLinkedID",
    106 => "linkedResponseUnexpected",
    107 => "unexpectedLinkedOperation",
    200 => "unrecognizedInvokeID",
    201 => "returnResultUnexpected",
    202 => "mistypedParameter",
    300 => "unrecognizedInvokeID",
    301 => "returnErrorUnexpected",
    302 => "unrecognizedError",
    303 => "unexpectedError",
    304 => "mistypedParameter",
}

names! {
    /// The name of a problem of ANSI by [`Problem::code`] (T1.114.3).
    ansi_problem_name(i32);
    101 => "unrecognizedComponentType",
    102 => "incorrectComponentPortion",
    103 => "badlyStructuredComponentPortion",
    104 => "incorrectComponentCoding",
    201 => "duplicateInvocation",
    202 => "unrecognizedOperationCode",
    203 => "incorrectParameter",
    204 => "unrecognizedCorrelationID",
    301 => "unrecognizedCorrelationID",
    302 => "unexpectedReturnResult",
    303 => "incorrectParameter",
    401 => "unrecognizedCorrelationID",
    402 => "unexpectedReturnError",
    403 => "unrecognizedError",
    404 => "unexpectedError",
    405 => "incorrectParameter",
    501 => "unrecognizedPackageType",
    502 => "incorrectTransactionPortion",
    503 => "badlyStructuredTransactionPortion",
    504 => "unassignedRespondingTransactionID",
    505 => "permissionToReleaseProblem",
    506 => "resourceUnavailable",
}

/// One component.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Component<'a> {
    /// Which component.
    pub kind: ComponentKind,
    /// Invoke ID; `None` in a Reject of something that had none.
    pub invoke_id: Option<i8>,
    /// Linked ID of an Invoke.
    pub linked_id: Option<i8>,
    /// Operation code; in a ReturnError the error code. A result without parameter has none.
    pub code: Option<Code<'a>>,
    /// The parameter as one whole element; empty where there is none.
    pub parameter: &'a [u8],
    /// Offset of the parameter in the TCAP message.
    pub parameter_offset: usize,
    /// Problem of a Reject.
    pub problem: Option<Problem>,
}

/// The components of a message, in order. A component with a defect is yielded as far as it could be read, then the
/// defect.
#[derive(Debug, Clone, Copy)]
pub struct Components<'a> {
    elements: Elements<'a>,
    defect: Option<DecodeError>,
    ansi: bool,
}

impl<'a> Components<'a> {
    pub(super) fn new(elements: Elements<'a>) -> Self {
        Self { elements, defect: None, ansi: false }
    }

    pub(super) fn ansi(elements: Elements<'a>) -> Self {
        Self { ansi: true, ..Self::new(elements) }
    }
}

impl Default for Components<'_> {
    fn default() -> Self {
        Self::new(Elements::new(&[], LAYER))
    }
}

impl<'a> Iterator for Components<'a> {
    type Item = Result<Component<'a>, DecodeError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(error) = self.defect.take() {
            return Some(Err(error));
        }
        let element = match self.elements.next()? {
            Ok(element) => element,
            Err(error) => return Some(Err(error)),
        };
        if self.ansi {
            let (component, defect) = ansi::component(&element);
            return match component {
                Some(component) => {
                    self.defect = defect;
                    Some(Ok(component))
                }
                None => defect.map(Err),
            };
        }
        let kind = match element.tag() {
            (Class::Context, 1) => ComponentKind::Invoke,
            (Class::Context, 2) => ComponentKind::ReturnResultLast,
            (Class::Context, 3) => ComponentKind::ReturnError,
            (Class::Context, 4) => ComponentKind::Reject,
            (Class::Context, 7) => ComponentKind::ReturnResultNotLast,
            _ => return Some(Err(element.malformed("unknown component type"))),
        };
        let mut component = Component::empty(kind);
        self.defect = component.read(&element).err();
        Some(Ok(component))
    }
}

impl<'a> Component<'a> {
    pub(super) fn empty(kind: ComponentKind) -> Self {
        Self { kind, invoke_id: None, linked_id: None, code: None, parameter: &[], parameter_offset: 0, problem: None }
    }

    fn read(&mut self, element: &Element<'a>) -> Result<(), DecodeError> {
        let mut members = element.children();
        let no_id = || element.malformed("component without invoke ID");
        let id = members.next().unwrap_or_else(|| Err(no_id()))?;
        match id.tag() {
            (Class::Universal, universal::INTEGER) => self.invoke_id = Some(invoke_id(&id)?),
            (Class::Universal, universal::NULL) if self.kind == ComponentKind::Reject => {}
            _ => return Err(no_id()),
        }
        match self.kind {
            ComponentKind::Reject => {
                let no_problem = || Err(element.malformed("reject without problem"));
                let problem = members.next().unwrap_or_else(no_problem)?;
                self.problem = Some(Self::problem(&problem)?);
                trailing(members)
            }
            ComponentKind::ReturnResultLast | ComponentKind::ReturnResultNotLast => match members.next() {
                Some(sequence) => {
                    let sequence = sequence?;
                    self.operation(sequence.children(), &sequence)?;
                    trailing(members)
                }
                None => Ok(()),
            },
            ComponentKind::Invoke | ComponentKind::ReturnError => self.operation(members, element),
        }
    }

    /// Code and parameter, of an Invoke with the linked ID before them.
    fn operation(&mut self, mut members: Elements<'a>, around: &Element<'a>) -> Result<(), DecodeError> {
        let missing = || around.malformed("component without code");
        let mut code = members.next().unwrap_or_else(|| Err(missing()))?;
        if self.kind == ComponentKind::Invoke && code.tag() == (Class::Context, 0) {
            self.linked_id = Some(invoke_id(&code)?);
            code = members.next().unwrap_or_else(|| Err(missing()))?;
        }
        self.code = Some(match code.tag() {
            (Class::Universal, universal::INTEGER) => {
                let value = i32::try_from(code.integer()?);
                Code::Local(value.map_err(|_| code.malformed("code of more than 32 bits"))?)
            }
            (Class::Universal, universal::OBJECT_IDENTIFIER) => Code::Global(code.content),
            _ => return Err(missing()),
        });
        if let Some(parameter) = members.next() {
            let parameter = parameter?;
            self.parameter = parameter.raw;
            self.parameter_offset = parameter.offset;
        }
        trailing(members)
    }

    fn problem(element: &Element<'_>) -> Result<Problem, DecodeError> {
        let unknown = element.malformed("problem of a reject");
        let value = u8::try_from(element.integer()?).map_err(|_| unknown)?;
        match element.tag() {
            (Class::Context, 0) => Ok(Problem::General(value)),
            (Class::Context, 1) => Ok(Problem::Invoke(value)),
            (Class::Context, 2) => Ok(Problem::ReturnResult(value)),
            (Class::Context, 3) => Ok(Problem::ReturnError(value)),
            _ => Err(unknown),
        }
    }
}

fn invoke_id(element: &Element<'_>) -> Result<i8, DecodeError> {
    i8::try_from(element.integer()?).map_err(|_| element.malformed("invoke ID of more than 8 bits"))
}

/// Nothing may follow.
fn trailing(mut members: Elements<'_>) -> Result<(), DecodeError> {
    match members.next() {
        None => Ok(()),
        Some(Err(error)) => Err(error),
        Some(Ok(element)) => {
            let octets = element.raw.len().saturating_add(members.rest().len());
            Err(DecodeError { layer: LAYER, offset: element.offset, kind: DecodeErrorKind::TrailingData { octets } })
        }
    }
}
