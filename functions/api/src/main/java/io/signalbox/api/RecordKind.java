/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static io.signalbox.api.FieldType.BOOLEAN;
import static io.signalbox.api.FieldType.DATE;
import static io.signalbox.api.FieldType.DATETIME;
import static io.signalbox.api.FieldType.EMAIL;
import static io.signalbox.api.FieldType.INTEGER;
import static io.signalbox.api.FieldType.NUMBER;
import static io.signalbox.api.FieldType.PHONE;
import static io.signalbox.api.FieldType.STRING;
import static io.signalbox.api.FieldType.URL;
import static java.util.Objects.requireNonNull;

import io.signalbox.model.ObjectType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The kinds of records and their fields: one table for what is shown, what is accepted and what is named in errors.
 *
 * <p>Fields stand flat in a record's JSON under names of this API ({@code first_name}); they are stored under the names
 * that vendors' events carry ({@code firstname}), so a contact is the same whoever reports it. A property that is in no
 * row is shown, and accepted, under {@code custom} by its stored name.
 *
 * @param path its part of the path: {@code contacts}
 * @param one as it stands in operation ids: {@code Contact}
 * @param many the same in the plural
 */
record RecordKind(ObjectType object, String path, String one, String many, List<Field> fields) {

    RecordKind {
        requireNonNull(object, "object is null");
        requireNonNull(path, "path is null");
        requireNonNull(one, "one is null");
        requireNonNull(many, "many is null");
        fields = List.copyOf(fields);
    }

    private static final List<Field> PERSON = List.of(
            new Field("email", "email", EMAIL),
            new Field("first_name", "firstname", STRING),
            new Field("last_name", "lastname", STRING),
            new Field("phone", "phone", PHONE),
            new Field("mobile_phone", "mobilephone", PHONE),
            new Field("job_title", "jobtitle", STRING),
            new Field("company", "company", STRING),
            new Field("website", "website", URL),
            new Field("industry", "industry", STRING),
            new Field("employees", "numberofemployees", INTEGER),
            new Field("annual_revenue", "annualrevenue", NUMBER),
            new Field("address", "address", STRING),
            new Field("city", "city", STRING),
            new Field("state", "state", STRING),
            new Field("postal_code", "zip", STRING),
            new Field("country", "country", STRING),
            new Field("language", "hs_language", STRING),
            new Field("birth_date", "date_of_birth", DATE),
            new Field("lifecycle_stage", "lifecyclestage", STRING),
            new Field("lead_status", "hs_lead_status", STRING),
            new Field("owner_id", "hubspot_owner_id", STRING),
            new Field("email_opt_out", "hs_email_optout", BOOLEAN),
            new Field("became_customer_at", "closedate", DATETIME),
            new Field("last_contacted_at", "notes_last_contacted", DATETIME));

    private static final List<Field> COMPANY = List.of(
            new Field("name", "name", STRING),
            new Field("domain", "domain", STRING),
            new Field("website", "website", URL),
            new Field("phone", "phone", PHONE),
            new Field("industry", "industry", STRING),
            new Field("employees", "numberofemployees", INTEGER),
            new Field("annual_revenue", "annualrevenue", NUMBER),
            new Field("city", "city", STRING),
            new Field("state", "state", STRING),
            new Field("country", "country", STRING),
            new Field("lifecycle_stage", "lifecyclestage", STRING),
            new Field("owner_id", "hubspot_owner_id", STRING));

    private static final List<Field> DEAL = List.of(
            new Field("name", "dealname", STRING),
            new Field("amount", "amount", NUMBER),
            new Field("currency", "deal_currency_code", STRING),
            new Field("stage", "dealstage", STRING),
            new Field("pipeline", "pipeline", STRING),
            new Field("type", "dealtype", STRING),
            new Field("close_date", "closedate", DATETIME),
            new Field("owner_id", "hubspot_owner_id", STRING));

    private static final List<Field> TICKET = List.of(
            new Field("subject", "subject", STRING),
            new Field("content", "content", STRING),
            new Field("priority", "hs_ticket_priority", STRING),
            new Field("stage", "hs_pipeline_stage", STRING),
            new Field("pipeline", "hs_pipeline", STRING),
            new Field("owner_id", "hubspot_owner_id", STRING));

    /** All of them, in the order they are documented. */
    static final List<RecordKind> ALL = List.of(
            new RecordKind(ObjectType.CONTACT, "contacts", "Contact", "Contacts", PERSON),
            new RecordKind(ObjectType.LEAD, "leads", "Lead", "Leads", PERSON),
            new RecordKind(ObjectType.COMPANY, "companies", "Company", "Companies", COMPANY),
            new RecordKind(ObjectType.DEAL, "deals", "Deal", "Deals", DEAL),
            new RecordKind(ObjectType.ACTIVITY, "activities", "Activity", "Activities", List.of()),
            new RecordKind(ObjectType.TICKET, "tickets", "Ticket", "Tickets", TICKET),
            new RecordKind(ObjectType.RAW_EVENT, "raw_events", "RawEvent", "RawEvents", List.of()));

    /** The fields by the names they are stored under. */
    Map<String, Field> byProperty() {
        var map = new LinkedHashMap<String, Field>();
        fields.forEach(field -> map.put(field.property(), field));
        return map;
    }

    Optional<Field> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /** The path of a record of this kind. */
    String pathOf(Object id) {
        return "/api/v4/" + path + "/" + id;
    }
}
