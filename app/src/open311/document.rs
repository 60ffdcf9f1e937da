use super::routes;
use std::sync::LazyLock;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

/// What stands under `/open311/`, drawn from the types and the routes themselves.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Steward",
        description = "Report matters to an estate's office and follow them: Open311 GeoReport v2. The site manager makes \
            keys under Team; a key opens one estate.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    paths(
        routes::discovery,
        routes::services,
        routes::definition,
        routes::requests,
        routes::file_request,
        routes::request,
        routes::token,
    ),
    tags((name = "Open311", description = "http://wiki.open311.org/GeoReport_v2")),
    modifiers(&Schemes),
)]
struct Document;

/// How a key is sent.
struct Schemes;

impl Modify for Schemes {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let components = openapi.components.get_or_insert_with(Default::default);
        components.add_security_scheme("api_key", SecurityScheme::ApiKey(ApiKey::Query(ApiKeyValue::new("api_key"))));
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    }
}

/// The document as JSON, made once.
pub fn document() -> &'static str {
    static JSON: LazyLock<String> = LazyLock::new(|| Document::openapi().to_json().unwrap_or_default());
    &JSON
}
