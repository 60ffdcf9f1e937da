-- What the office puts into the catalogue has no terms before it publishes some (A15). Whoever keeps the catalogue reads it
-- until then as if it had version 0 of them, which says nothing and stands in no table: nobody can order under it.
create function terms_to_come(i catalogue_item) returns service_terms language sql stable as $$
  select jsonb_populate_record(null::service_terms, jsonb_build_object(
    'estate_id', i.estate_id, 'item_id', i.id, 'version', 0, 'since', to_timestamp(0),
    'content_en', '', 'content_hans', '', 'content_hant', '',
    'standard_en', '', 'standard_hans', '', 'standard_hant', '',
    'conditions_en', '', 'conditions_hans', '', 'conditions_hant', '',
    'price_rule', 'quote', 'price', 0,
    'currency', coalesce((select t.currency from service_terms t where t.estate_id = i.estate_id limit 1), 'CNY'),
    'lead_minutes', 0, 'delivered_by', 'department', 'is_agency', false))
$$;
