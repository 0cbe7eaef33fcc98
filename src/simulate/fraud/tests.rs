//! Tests of whole frauds.
