//! The same answers as XML. GeoReport wraps its lists there: `<values><value>…</value></values>`.

use super::wire::{
    Attribute, AttributeValue, Datatype, Discovery, Endpoint, ErrorLine, Filed, Found, Service, ServiceDefinition,
    ServiceRequest,
};
use quick_xml::SeError;
use quick_xml::se::to_string_with_root;
use serde::Serialize;

/// What can be written in both forms.
pub trait Wire: Serialize {
    /// The root element.
    fn element(&self) -> Result<String, SeError>;

    /// A whole XML document, without the characters that no XML may hold.
    fn document(&self) -> Result<String, SeError> {
        let element = self.element()?;
        let is_legal = |c: &char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}') || matches!(c, '\n' | '\t');
        Ok(format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{}",
            element.chars().filter(is_legal).collect::<String>()
        ))
    }
}

macro_rules! lists {
    ($($item:ty: $root:literal / $name:ident),+ $(,)?) => {$(
        impl Wire for Vec<$item> {
            fn element(&self) -> Result<String, SeError> {
                #[derive(Serialize)]
                struct List<'a> {
                    $name: &'a [$item],
                }
                to_string_with_root($root, &List { $name: self })
            }
        }
    )+};
}

lists! {
    Service: "services" / service,
    ServiceRequest: "service_requests" / request,
    Filed: "service_requests" / request,
    Found: "service_requests" / request,
    ErrorLine: "errors" / error,
}

#[derive(Serialize)]
struct XmlDefinition<'a> {
    service_code: &'a str,
    attributes: XmlAttributes<'a>,
}

#[derive(Serialize)]
struct XmlAttributes<'a> {
    attribute: Vec<XmlAttribute<'a>>,
}

#[derive(Serialize)]
struct XmlAttribute<'a> {
    variable: bool,
    code: &'a str,
    datatype: Datatype,
    required: bool,
    datatype_description: Option<&'a str>,
    order: u32,
    description: &'a str,
    values: XmlValues<'a>,
}

#[derive(Serialize)]
struct XmlValues<'a> {
    value: &'a [AttributeValue],
}

impl<'a> From<&'a Attribute> for XmlAttribute<'a> {
    fn from(attribute: &'a Attribute) -> Self {
        Self {
            variable: attribute.variable,
            code: &attribute.code,
            datatype: attribute.datatype,
            required: attribute.required,
            datatype_description: attribute.datatype_description.as_deref(),
            order: attribute.order,
            description: &attribute.description,
            values: XmlValues { value: &attribute.values },
        }
    }
}

impl Wire for ServiceDefinition {
    fn element(&self) -> Result<String, SeError> {
        let attributes = XmlAttributes { attribute: self.attributes.iter().map(Into::into).collect() };
        to_string_with_root("service_definition", &XmlDefinition { service_code: &self.service_code, attributes })
    }
}

#[derive(Serialize)]
struct XmlDiscovery<'a> {
    changeset: &'a str,
    contact: &'a str,
    key_service: &'a str,
    endpoints: XmlEndpoints<'a>,
}

#[derive(Serialize)]
struct XmlEndpoints<'a> {
    endpoint: Vec<XmlEndpoint<'a>>,
}

#[derive(Serialize)]
struct XmlEndpoint<'a> {
    specification: &'a str,
    url: &'a str,
    changeset: &'a str,
    r#type: &'a str,
    formats: XmlFormats<'a>,
}

#[derive(Serialize)]
struct XmlFormats<'a> {
    format: &'a [String],
}

impl<'a> From<&'a Endpoint> for XmlEndpoint<'a> {
    fn from(endpoint: &'a Endpoint) -> Self {
        Self {
            specification: &endpoint.specification,
            url: &endpoint.url,
            changeset: &endpoint.changeset,
            r#type: &endpoint.kind,
            formats: XmlFormats { format: &endpoint.formats },
        }
    }
}

impl Wire for Discovery {
    fn element(&self) -> Result<String, SeError> {
        let discovery = XmlDiscovery {
            changeset: &self.changeset,
            contact: &self.contact,
            key_service: &self.key_service,
            endpoints: XmlEndpoints { endpoint: self.endpoints.iter().map(Into::into).collect() },
        };
        to_string_with_root("discovery", &discovery)
    }
}
