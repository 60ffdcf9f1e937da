use super::Value;
use super::unread::Unread;
use js_sys::{Array, Object, Reflect};
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};
use wasm_bindgen::{JsCast, JsValue};

/// Which of a noun's fields, or variants: told by its place, not its name.
struct Place(usize);

impl<'de> Deserializer<'de> for Place {
    type Error = Unread;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_u64(self.0 as u64)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// The fields of a noun, in the order in which it declares them; what else the object has is left out.
pub struct Fields {
    object: JsValue,
    names: &'static [&'static str],
    at: usize,
    found: JsValue,
}

impl Fields {
    pub fn of(object: JsValue, names: &'static [&'static str]) -> Self {
        Self { object, names, at: 0, found: JsValue::UNDEFINED }
    }

    fn find(&mut self) -> Option<Place> {
        while let Some(name) = self.names.get(self.at) {
            self.at += 1;
            self.found = Reflect::get(&self.object, &(*name).into()).unwrap_or(JsValue::UNDEFINED);
            if !self.found.is_undefined() {
                return Some(Place(self.at - 1));
            }
        }
        None
    }
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Unread;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unread> {
        self.find().map(|place| seed.deserialize(place)).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Unread> {
        seed.deserialize(Value(std::mem::take(&mut self.found)))
    }
}

/// The items of a list.
pub struct Items {
    array: Array,
    at: u32,
}

impl Items {
    pub fn of(array: Array) -> Self {
        Self { array, at: 0 }
    }

    fn find(&mut self) -> Option<Value> {
        self.at += 1;
        (self.at <= self.array.length()).then(|| Value(self.array.get(self.at - 1)))
    }
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Unread;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Unread> {
        self.find().map(|value| seed.deserialize(value)).transpose()
    }
}

/// The names and values of an object whose names are data.
pub struct Entries {
    entries: Array,
    at: u32,
}

impl Entries {
    pub fn of(value: &JsValue) -> Result<Self, Unread> {
        let object = value.dyn_ref::<Object>().ok_or(Unread)?;
        Ok(Self { entries: Object::entries(object), at: 0 })
    }

    fn part(&self, part: u32) -> Value {
        Value(self.entries.get(self.at).unchecked_into::<Array>().get(part))
    }
}

impl<'de> MapAccess<'de> for Entries {
    type Error = Unread;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unread> {
        (self.at < self.entries.length()).then(|| seed.deserialize(self.part(0))).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Unread> {
        let value = self.part(1);
        self.at += 1;
        seed.deserialize(value)
    }
}

/// One of several: which, and what it carries.
pub struct Variant {
    at: usize,
    inner: JsValue,
}

impl Variant {
    /// A text names one that carries nothing; else an object's one name and value.
    pub fn of(value: &JsValue, variants: &[&str]) -> Result<Self, Unread> {
        let (name, inner) = match value.as_string() {
            Some(name) => (name, JsValue::NULL),
            None => {
                let only = Entries::of(value)?;
                if only.entries.length() != 1 {
                    return Err(Unread);
                }
                (only.part(0).0.as_string().ok_or(Unread)?, only.part(1).0)
            }
        };
        let at = variants.iter().position(|variant| *variant == name).ok_or(Unread)?;
        Ok(Self { at, inner })
    }
}

impl<'de> EnumAccess<'de> for Variant {
    type Error = Unread;
    type Variant = Value;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Value), Unread> {
        Ok((seed.deserialize(Place(self.at))?, Value(self.inner)))
    }
}

impl<'de> VariantAccess<'de> for Value {
    type Error = Unread;

    fn unit_variant(self) -> Result<(), Unread> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Unread> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unread> {
        self.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, names: &'static [&'static str], visitor: V) -> Result<V::Value, Unread> {
        self.deserialize_struct("", names, visitor)
    }
}
