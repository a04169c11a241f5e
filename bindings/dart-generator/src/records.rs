//! Records.

use crate::fields::{self, Fields};
use crate::module::Module;
use crate::objects;
use anyhow::Result;
use uniffi_bindgen::interface::{AsType, Record};

impl Module<'_> {
    /// The class of a record, and what reads and writes it.
    pub fn record(&self, record: &Record) -> Result<String> {
        let name = record.name();
        let fields = Fields::new(record.fields(), name, &self.types, &self.documentation)?;
        let mut members = format!("/// Of these values.\n{}", fields.constructor(name));
        for (function, constructor) in self.constructors_of(name) {
            members += "\n";
            members += &self.record_constructor(function, &constructor)?;
        }
        members += &fields.declarations(&[]);
        for method in record.methods() {
            members += &self.value_method(method, &record.as_type())?;
        }
        if self.types.config.copy_with.iter().any(|changed| changed == name) {
            members += &fields.copy_with(name);
        }
        members += &fields.equality(name);
        members += &format!("\n@override\nString toString() => {};\n", fields.text(name));
        let documentation = self.documentation.comment(record.docstring(), &format!("{name}."));
        let class = format!("{documentation}class {name} {{\n{members}}}\n\n");
        let (read, write) = (fields.read(name, &self.types)?, fields.write(&self.types)?);
        Ok(class + &fields::codec(name, &read, &write))
    }

    /// A function that returns the record, as its constructor.
    fn record_constructor(&self, function: &uniffi_bindgen::interface::Function, name: &str) -> Result<String> {
        objects::factory(self, function, name)
    }
}
