/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import static io.signalbox.model.FieldType.BOOLEAN;
import static io.signalbox.model.FieldType.DATE;
import static io.signalbox.model.FieldType.DATETIME;
import static io.signalbox.model.FieldType.EMAIL;
import static io.signalbox.model.FieldType.INTEGER;
import static io.signalbox.model.FieldType.NUMBER;
import static io.signalbox.model.FieldType.PHONE;
import static io.signalbox.model.FieldType.STRING;
import static io.signalbox.model.FieldType.URL;

import java.util.List;
import java.util.Optional;

/**
 * The canonical vocabulary: the objects every user has and their fields, whichever vendor reports them. Each vendor's
 * table of fields maps to these names.
 */
public final class Schemas {

    private static final FieldDef LIFECYCLE_STAGE = new FieldDef(
            "lifecycle_stage",
            STRING,
            "how far on the way to a customer",
            List.of(
                    "subscriber",
                    "lead",
                    "marketing_qualified",
                    "sales_qualified",
                    "opportunity",
                    "customer",
                    "evangelist",
                    "former_customer",
                    "other"));

    private static final FieldDef LEAD_STATUS = new FieldDef(
            "lead_status",
            STRING,
            "where the work on the lead stands",
            List.of("new", "open", "attempting", "connected", "in_progress", "nurturing", "converted", "unqualified"));

    private static final FieldDef DEAL_STAGE = new FieldDef(
            "stage",
            STRING,
            "how far the deal is; a stage of a pipeline of one's own stays as the vendor calls it",
            List.of("new", "qualified", "meeting", "proposal", "decision", "negotiation", "contract", "won", "lost"));

    private static final FieldDef TICKET_STAGE = new FieldDef(
            "stage",
            STRING,
            "where the ticket stands; a stage of a pipeline of one's own stays as the vendor calls it",
            List.of("new", "open", "waiting_on_customer", "waiting_on_us", "on_hold", "solved", "closed"));

    private static final FieldDef OWNER = new FieldDef("owner_id", STRING, "the owner's id at the vendor");

    private static final List<FieldDef> PERSON = List.of(
            new FieldDef("email", EMAIL, "as it was given; matched without regard to case"),
            new FieldDef("first_name", STRING),
            new FieldDef("last_name", STRING),
            new FieldDef("salutation", STRING),
            new FieldDef("phone", PHONE),
            new FieldDef("mobile_phone", PHONE),
            new FieldDef("job_title", STRING),
            new FieldDef("department", STRING),
            new FieldDef("company", STRING, "the name of the company the person works for"),
            new FieldDef("website", URL),
            new FieldDef("linkedin_url", URL),
            new FieldDef("industry", STRING),
            new FieldDef("employees", INTEGER, "how many people work for the company"),
            new FieldDef("annual_revenue", NUMBER, "of the company, in the currency the vendor keeps it in"),
            new FieldDef("address", STRING, "street and number"),
            new FieldDef("city", STRING),
            new FieldDef("state", STRING),
            new FieldDef("postal_code", STRING),
            new FieldDef("country", STRING),
            new FieldDef("language", STRING),
            new FieldDef("time_zone", STRING),
            new FieldDef("birth_date", DATE),
            new FieldDef("source", STRING, "where the person came from"),
            LIFECYCLE_STAGE,
            LEAD_STATUS,
            OWNER,
            new FieldDef("email_opt_out", BOOLEAN, "true for no marketing e-mail"),
            new FieldDef("became_customer_at", DATETIME),
            new FieldDef("last_contacted_at", DATETIME));

    private static final List<FieldDef> COMPANY = List.of(
            new FieldDef("name", STRING),
            new FieldDef("domain", STRING, "the domain of its web site: acme.example"),
            new FieldDef("website", URL),
            new FieldDef("phone", PHONE),
            new FieldDef("linkedin_url", URL),
            new FieldDef("description", STRING),
            new FieldDef("type", STRING, "customer, partner, vendor and the like"),
            new FieldDef("industry", STRING),
            new FieldDef("employees", INTEGER, "how many people work for it"),
            new FieldDef("annual_revenue", NUMBER, "in the currency the vendor keeps it in"),
            new FieldDef("address", STRING, "street and number"),
            new FieldDef("city", STRING),
            new FieldDef("state", STRING),
            new FieldDef("postal_code", STRING),
            new FieldDef("country", STRING),
            LIFECYCLE_STAGE,
            OWNER);

    private static final List<FieldDef> DEAL = List.of(
            new FieldDef("name", STRING),
            new FieldDef("amount", NUMBER, "in units of currency, not in cents"),
            new FieldDef("currency", STRING, "ISO 4217: EUR"),
            DEAL_STAGE,
            new FieldDef("pipeline", STRING),
            new FieldDef("probability", NUMBER, "of winning it, 0 to 1"),
            new FieldDef("type", STRING, "new business, renewal and the like"),
            new FieldDef("description", STRING),
            new FieldDef("source", STRING, "where the deal came from"),
            new FieldDef("close_date", DATETIME, "when it was, or is expected to be, closed"),
            new FieldDef("lost_reason", STRING),
            OWNER);

    private static final List<FieldDef> ACTIVITY = List.of(
            new FieldDef(
                    "type",
                    STRING,
                    "what was done",
                    List.of("call", "meeting", "email", "note", "task", "communication", "postal_mail")),
            new FieldDef("subject", STRING),
            new FieldDef("body", STRING),
            new FieldDef("status", STRING),
            new FieldDef("outcome", STRING),
            new FieldDef("direction", STRING, "seen from the user's company", List.of("inbound", "outbound")),
            new FieldDef("priority", STRING),
            new FieldDef("starts_at", DATETIME),
            new FieldDef("ends_at", DATETIME),
            new FieldDef("due_at", DATETIME),
            new FieldDef("duration_seconds", NUMBER),
            new FieldDef("location", STRING),
            new FieldDef("url", URL, "of the recording, the meeting or the page"),
            OWNER);

    private static final List<FieldDef> TICKET = List.of(
            new FieldDef("subject", STRING),
            new FieldDef("content", STRING),
            new FieldDef(
                    "priority", STRING, "how much it presses", List.of("low", "normal", "medium", "high", "urgent")),
            TICKET_STAGE,
            new FieldDef("pipeline", STRING),
            new FieldDef("category", STRING),
            new FieldDef("source", STRING, "the channel it came by"),
            new FieldDef("closed_at", DATETIME),
            OWNER);

    /** All of them, in the order they are documented. */
    public static final List<ObjectSchema> STANDARD = List.of(
            new ObjectSchema(ObjectType.CONTACT, "contacts", "Contact", "Contacts", PERSON),
            new ObjectSchema(ObjectType.LEAD, "leads", "Lead", "Leads", PERSON),
            new ObjectSchema(ObjectType.COMPANY, "companies", "Company", "Companies", COMPANY),
            new ObjectSchema(ObjectType.DEAL, "deals", "Deal", "Deals", DEAL),
            new ObjectSchema(ObjectType.ACTIVITY, "activities", "Activity", "Activities", ACTIVITY),
            new ObjectSchema(ObjectType.TICKET, "tickets", "Ticket", "Tickets", TICKET),
            new ObjectSchema(ObjectType.RAW_EVENT, "raw_events", "RawEvent", "RawEvents", List.of()));

    private Schemas() {}

    /** The standard schema of that object; none for an object of a user's own. */
    public static Optional<ObjectSchema> of(ObjectType object) {
        for (var schema : STANDARD) {
            if (schema.object().equals(object)) {
                return Optional.of(schema);
            }
        }
        return Optional.empty();
    }
}
