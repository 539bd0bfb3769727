/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.salesforce;

import io.signalbox.model.EventType;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import io.signalbox.vendors.Ids;
import io.signalbox.vendors.OtherObjects;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Salesforce's objects in ours, those of a user's own under their API name, and what a change of one means. */
final class SObjects {

    private static final Map<String, ObjectType> BY_NAME = Map.of(
            "Contact", ObjectType.CONTACT,
            "Lead", ObjectType.LEAD,
            "Account", ObjectType.COMPANY,
            "Opportunity", ObjectType.DEAL,
            "Case", ObjectType.TICKET,
            "Task", ObjectType.ACTIVITY,
            "Event", ObjectType.ACTIVITY,
            "Product2", new ObjectType("product"),
            "OpportunityLineItem", new ObjectType("line_item"));

    /** An API name, of an object of Salesforce's own or of a user's: {@code Invoice__c}, {@code Order_Placed__e}. */
    private static final Pattern API_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,79}");

    private SObjects() {}

    static Optional<ObjectType> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name))
                .or(() -> API_NAME.matcher(name).matches() ? Optional.of(OtherObjects.named(name)) : Optional.empty());
    }

    /** What an update of those fields means beyond itself. */
    static String change(ObjectType object, Map<String, Value> properties) {
        if (object.equals(ObjectType.DEAL) && properties.containsKey("StageName")) {
            return "stage_changed";
        }
        var converted = properties.getOrDefault("IsConverted", Value.NULL);
        var isConverted = converted.equals(Value.TRUE) || "true".equals(converted.asText());
        return object.equals(ObjectType.LEAD) && isConverted ? "converted" : EventType.UPDATED;
    }

    /** The record that this one became part of: Salesforce deletes the loser of a merge and writes the winner into it. */
    static Optional<String> master(Map<String, Value> properties) {
        return Ids.text(properties.getOrDefault("MasterRecordId", Value.NULL)).flatMap(SalesforceIds::full);
    }

    /** What rules and readers may want besides the properties: what kind of activity, what a lead became. */
    static Map<String, Value> data(String sObject, Map<String, Value> properties) {
        var data = new LinkedHashMap<String, Value>();
        if (sObject.equals("Task") || sObject.equals("Event")) {
            data.put("kind", Value.of(sObject.equals("Task") ? "task" : "meeting"));
        }
        if (sObject.equals("Lead")) {
            put(data, "contact_id", properties.get("ConvertedContactId"));
            put(data, "company_id", properties.get("ConvertedAccountId"));
            put(data, "deal_id", properties.get("ConvertedOpportunityId"));
        }
        return data;
    }

    private static void put(Map<String, Value> data, String name, Value id) {
        if (id != null && !id.isNull()) {
            data.put(name, id);
        }
    }
}
