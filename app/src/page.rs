//! How pages are split off from what every browser loads first. `leptos_router`'s own attribute gives each page a
//! part, and a copy of the router's machinery; here one machinery serves them all.

use leptos::prelude::*;
use leptos_router::ChooseView;
use std::any::Any;
use std::future::Future;
use std::pin::Pin;

type Data = Box<dyn Any + Send + Sync>;

/// A lazy route: its data starts loading beside the part of the browser's code that shows it.
#[derive(Clone)]
pub struct LazyPage {
    data: fn() -> Data,
    view: fn(Data) -> Pin<Box<dyn Future<Output = AnyView>>>,
    code: fn() -> Pin<Box<dyn Future<Output = ()>>>,
    early: ArcStoredValue<Option<Data>>,
}

impl LazyPage {
    /// For `lazy_page!`.
    pub fn new(
        data: fn() -> Data,
        view: fn(Data) -> Pin<Box<dyn Future<Output = AnyView>>>,
        code: fn() -> Pin<Box<dyn Future<Output = ()>>>,
    ) -> Self {
        Self { data, view, code, early: ArcStoredValue::new(None) }
    }
}

impl ChooseView for LazyPage {
    async fn choose(self) -> AnyView {
        let data = self.early.write_value().take().unwrap_or_else(self.data);
        (self.view)(data).await
    }

    async fn preload(&self) {
        *self.early.write_value() = Some((self.data)());
        (self.code)().await;
    }
}

/// Makes a page lazy, in a part of the browser's code of that name: gives it `route()`.
macro_rules! lazy_page {
    ($page:ident in $part:ident) => {
        #[expect(non_snake_case, reason = "named like its page: the splitter tells functions apart by name")]
        const _: () = {
            #[leptos::wasm_split::wasm_split($part, wasm_split_path = leptos::wasm_split, preload(code))]
            fn $page(data: Box<dyn std::any::Any + Send + Sync>) -> leptos::prelude::AnyView {
                data.downcast::<$page>().map_or_else(|_| ().into_any(), |page| page.view())
            }

            impl $page {
                /// The page, for the list of routes.
                pub fn route() -> $crate::page::LazyPage {
                    $crate::page::LazyPage::new(
                        || Box::new($page::data()),
                        |data| {
                            leptos::prefetch_lazy_fn_on_server(stringify!($part));
                            Box::pin($page(data))
                        },
                        || Box::pin(code()),
                    )
                }
            }
        };
    };
}

/// Makes an office's page lazy: it asks for its data when its code is there, so that nothing of the page is in what
/// every browser loads first. A tablet of the office keeps the code, and what the server renders brings the data along.
macro_rules! office_page {
    ($page:ident in $part:ident) => {
        #[expect(non_snake_case, reason = "named like its page: the splitter tells functions apart by name")]
        const _: () = {
            #[leptos::wasm_split::wasm_split($part, wasm_split_path = leptos::wasm_split, preload(code))]
            fn $page() -> leptos::prelude::AnyView {
                $page::data().view()
            }

            impl $page {
                /// The page, for the list of routes.
                pub fn route() -> $crate::page::LazyPage {
                    $crate::page::LazyPage::new(
                        || Box::new(()),
                        |_| {
                            leptos::prefetch_lazy_fn_on_server(stringify!($part));
                            Box::pin($page())
                        },
                        || Box::pin(code()),
                    )
                }
            }
        };
    };
}

/// Makes a page part of what every browser loads first; everything that its parts are made of comes along.
macro_rules! first_page {
    ($page:ident) => {
        impl $page {
            /// The page, for the list of routes.
            pub fn route() -> impl leptos_router::ChooseView {
                || $page::data().view()
            }
        }
    };
}

pub(crate) use {first_page, lazy_page, office_page};
