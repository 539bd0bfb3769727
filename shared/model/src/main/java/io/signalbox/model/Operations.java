/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import static io.signalbox.model.Scope.ACTIVITIES_DELETE;
import static io.signalbox.model.Scope.ACTIVITIES_READ;
import static io.signalbox.model.Scope.ACTIVITIES_WRITE;
import static io.signalbox.model.Scope.ASSOCIATIONS_READ;
import static io.signalbox.model.Scope.ASSOCIATIONS_WRITE;
import static io.signalbox.model.Scope.CHANGES_READ;
import static io.signalbox.model.Scope.COMPANIES_DELETE;
import static io.signalbox.model.Scope.COMPANIES_READ;
import static io.signalbox.model.Scope.COMPANIES_WRITE;
import static io.signalbox.model.Scope.CONNECTIONS_READ;
import static io.signalbox.model.Scope.CONNECTIONS_WRITE;
import static io.signalbox.model.Scope.CONTACTS_DELETE;
import static io.signalbox.model.Scope.CONTACTS_READ;
import static io.signalbox.model.Scope.CONTACTS_WRITE;
import static io.signalbox.model.Scope.DEALS_DELETE;
import static io.signalbox.model.Scope.DEALS_READ;
import static io.signalbox.model.Scope.DEALS_WRITE;
import static io.signalbox.model.Scope.JOBS_READ;
import static io.signalbox.model.Scope.LEADS_DELETE;
import static io.signalbox.model.Scope.LEADS_READ;
import static io.signalbox.model.Scope.LEADS_WRITE;
import static io.signalbox.model.Scope.OBJECTS_DELETE;
import static io.signalbox.model.Scope.OBJECTS_READ;
import static io.signalbox.model.Scope.OBJECTS_WRITE;
import static io.signalbox.model.Scope.OWNERS_READ;
import static io.signalbox.model.Scope.OWNERS_WRITE;
import static io.signalbox.model.Scope.PIPELINES_WRITE;
import static io.signalbox.model.Scope.PRIVACY_ERASE;
import static io.signalbox.model.Scope.RAW_EVENTS_READ;
import static io.signalbox.model.Scope.RULES_READ;
import static io.signalbox.model.Scope.RULES_WRITE;
import static io.signalbox.model.Scope.SCHEMAS_READ;
import static io.signalbox.model.Scope.SCHEMAS_WRITE;
import static io.signalbox.model.Scope.TICKETS_DELETE;
import static io.signalbox.model.Scope.TICKETS_READ;
import static io.signalbox.model.Scope.TICKETS_WRITE;
import static io.signalbox.model.Scope.USAGE_READ;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The table of all operations of the REST API: what is routed, by which scope it is guarded, under which id it is
 * logged. The authorizer and the API read the same table, so a route cannot exist that one of them does not know.
 *
 * <p>An operation is added here, by one row, and in the API, by the handler that row's id is bound to.
 */
public final class Operations {

    /**
     * Stands for every object of a user's own: what the operations on their records are called after. Which object it is
     * says the path.
     */
    public static final ObjectSchema OWN =
            new ObjectSchema(new ObjectType("object"), "objects/{object}", "ObjectRecord", "ObjectRecords", List.of());

    /** All of them, in the order they are documented. */
    public static final List<Operation> ALL = List.copyOf(table());

    private static final String API = "/api/v4/";
    private static final String OBJECTS = API + "objects/";
    private static final RouteTree ROUTES = new RouteTree(ALL);

    private Operations() {}

    private static List<Operation> table() {
        var all = new ArrayList<Operation>();
        open(all, "issueToken", "POST", "/oauth/token");
        open(all, "finishAuthorization", "GET", "/oauth/callback");
        open(all, "getAuthorizationServer", "GET", "/.well-known/oauth-authorization-server");
        open(all, "getKeys", "GET", "/.well-known/jwks.json");
        open(all, "getHealth", "GET", "/health");
        open(all, "discover", "GET", "/api/v4");
        open(all, "getOpenApi", "GET", "/openapi.json");
        open(all, "getOpenApi31", "GET", "/openapi-3.1.json");
        open(all, "getAsyncApi", "GET", "/asyncapi.json");
        open(all, "getDocs", "GET", "/docs");
        open(all, "getExplorer", "GET", "/docs/explorer");
        open(all, "getReference", "GET", "/docs/reference");
        open(all, "getDocsAsset", "GET", "/docs/assets/{file}");
        open(all, "listErrorPages", "GET", "/docs/errors");
        open(all, "getErrorPage", "GET", "/docs/errors/{code}");

        records(all, "Contact", "Contacts", "contacts", CONTACTS_READ, CONTACTS_WRITE, CONTACTS_DELETE);
        records(all, "Lead", "Leads", "leads", LEADS_READ, LEADS_WRITE, LEADS_DELETE);
        records(all, "Company", "Companies", "companies", COMPANIES_READ, COMPANIES_WRITE, COMPANIES_DELETE);
        records(all, "Deal", "Deals", "deals", DEALS_READ, DEALS_WRITE, DEALS_DELETE);
        records(all, "Activity", "Activities", "activities", ACTIVITIES_READ, ACTIVITIES_WRITE, ACTIVITIES_DELETE);
        records(all, "Ticket", "Tickets", "tickets", TICKETS_READ, TICKETS_WRITE, TICKETS_DELETE);
        records(all, OWN.one(), OWN.many(), OWN.path(), OBJECTS_READ, OBJECTS_WRITE, OBJECTS_DELETE);
        guarded(all, "erase" + OWN.one(), "POST", "/api/v4/" + OWN.path() + "/{id}/erase", PRIVACY_ERASE);
        person(all, "Contact", "/api/v4/contacts/{id}", CONTACTS_READ, CONTACTS_WRITE);
        person(all, "Lead", "/api/v4/leads/{id}", LEADS_READ, LEADS_WRITE);
        guarded(all, "searchContactDuplicates", "POST", "/api/v4/contacts/duplicates/search", CONTACTS_READ);
        guarded(all, "searchLeadDuplicates", "POST", "/api/v4/leads/duplicates/search", LEADS_READ);
        guarded(all, "searchCompanyDuplicates", "POST", "/api/v4/companies/duplicates/search", COMPANIES_READ);
        guarded(all, "searchDealDuplicates", "POST", "/api/v4/deals/duplicates/search", DEALS_READ);
        associations(all, "/api/v4/associations/{from}/{to}");
        pipelines(all, "Deal", "/api/v4/deals/pipelines", DEALS_READ);
        pipelines(all, "Ticket", "/api/v4/tickets/pipelines", TICKETS_READ);
        guarded(all, "listOwners", "GET", "/api/v4/owners", OWNERS_READ);
        guarded(all, "createOwner", "POST", "/api/v4/owners", OWNERS_WRITE);
        guarded(all, "getOwner", "GET", "/api/v4/owners/{owner_id}", OWNERS_READ);
        guarded(all, "updateOwner", "PATCH", "/api/v4/owners/{owner_id}", OWNERS_WRITE);
        guarded(all, "deleteOwner", "DELETE", "/api/v4/owners/{owner_id}", OWNERS_WRITE);
        guarded(all, "getJob", "GET", "/api/v4/jobs/{job_id}", JOBS_READ);
        guarded(all, "listChanges", "GET", "/api/v4/changes", CHANGES_READ);
        readable(all, "RawEvent", "RawEvents", "/api/v4/raw_events", RAW_EVENTS_READ);

        var connection = "/api/v4/connections/{connection_id}";
        guarded(all, "listConnections", "GET", "/api/v4/connections", CONNECTIONS_READ);
        guarded(all, "createConnection", "POST", "/api/v4/connections", CONNECTIONS_WRITE);
        guarded(all, "getConnection", "GET", connection, CONNECTIONS_READ);
        guarded(all, "updateConnection", "PATCH", connection, CONNECTIONS_WRITE);
        guarded(all, "deleteConnection", "DELETE", connection, CONNECTIONS_WRITE);
        guarded(all, "addConnectionSecret", "POST", connection + "/secrets", CONNECTIONS_WRITE);
        guarded(all, "deleteConnectionSecret", "DELETE", connection + "/secrets/{secret_id}", CONNECTIONS_WRITE);
        guarded(all, "previewConnection", "POST", connection + "/preview", CONNECTIONS_WRITE);
        guarded(all, "authorizeConnection", "POST", connection + "/authorize", CONNECTIONS_WRITE);
        guarded(all, "getConnectionAccess", "GET", connection + "/access", CONNECTIONS_READ);
        guarded(all, "deleteConnectionAccess", "DELETE", connection + "/access", CONNECTIONS_WRITE);
        guarded(all, "pushToVendor", "POST", connection + "/push", CONNECTIONS_WRITE);
        guarded(all, "listConnectionRejections", "GET", connection + "/rejections", CONNECTIONS_READ);

        guarded(all, "listVendors", "GET", "/api/v4/vendors", CONNECTIONS_READ);
        guarded(all, "getVendor", "GET", "/api/v4/vendors/{vendor_id}", CONNECTIONS_READ);
        open(all, "listVendorPages", "GET", "/docs/vendors");
        open(all, "getVendorPage", "GET", "/docs/vendors/{vendor_id}");

        var schema = "/api/v4/schemas/{object}";
        guarded(all, "listSchemas", "GET", "/api/v4/schemas", SCHEMAS_READ);
        guarded(all, "createSchema", "POST", "/api/v4/schemas", SCHEMAS_WRITE);
        guarded(all, "getSchema", "GET", schema, SCHEMAS_READ);
        guarded(all, "updateSchema", "PATCH", schema, SCHEMAS_WRITE);
        guarded(all, "deleteSchema", "DELETE", schema, SCHEMAS_WRITE);
        guarded(all, "listSchemaFields", "GET", schema + "/fields", SCHEMAS_READ);
        guarded(all, "createSchemaField", "POST", schema + "/fields", SCHEMAS_WRITE);
        guarded(all, "getSchemaField", "GET", schema + "/fields/{field}", SCHEMAS_READ);
        guarded(all, "updateSchemaField", "PATCH", schema + "/fields/{field}", SCHEMAS_WRITE);
        guarded(all, "deleteSchemaField", "DELETE", schema + "/fields/{field}", SCHEMAS_WRITE);
        guarded(all, "getOwnOpenApi", "GET", "/api/v4/openapi.json", SCHEMAS_READ);

        guarded(all, "getRules", "GET", "/api/v4/rules", RULES_READ);
        guarded(all, "replaceRules", "PUT", "/api/v4/rules", RULES_WRITE);

        guarded(all, "getLimits", "GET", "/api/v4/limits", USAGE_READ);
        guarded(all, "getUsage", "GET", "/api/v4/usage", USAGE_READ);
        guarded(all, "getVersionDrift", "GET", "/api/v4/usage/version_drift", USAGE_READ);
        open(all, "getChangelog", "GET", "/changelog");
        open(all, "getChangelogFeed", "GET", "/changelog.atom");

        all.addAll(PreviousVersion.of(all));
        open(all, "getOpenApiV3", "GET", "/api/v3/openapi.json");
        open(all, "getDeprecationPage", "GET", "/docs/deprecations/{name}");
        return all;
    }

    /** All that can be done with records of a kind. */
    private static void records(
            List<Operation> all, String one, String many, String path, Scope read, Scope write, Scope delete) {
        var base = "/api/v4/" + path;
        readable(all, one, many, base, read);
        guarded(all, "create" + one, "POST", base, write);
        guarded(all, "update" + one, "PATCH", base + "/{id}", write);
        guarded(all, "delete" + one, "DELETE", base + "/{id}", delete);
        guarded(all, "restore" + one, "POST", base + "/{id}/restore", write);
        guarded(all, "upsert" + one, "PUT", base + "/by/{key}/{value}", write);
        guarded(all, "batchCreate" + many, "POST", base + "/batch/create", write);
        guarded(all, "batchRead" + many, "POST", base + "/batch/read", read);
        guarded(all, "batchUpdate" + many, "POST", base + "/batch/update", write);
        guarded(all, "batchUpsert" + many, "POST", base + "/batch/upsert", write);
        guarded(all, "batchArchive" + many, "POST", base + "/batch/archive", delete);
        guarded(all, "merge" + many, "POST", base + "/merge", write);
        guarded(all, "split" + one, "POST", base + "/{id}/split", write);
        guarded(all, "list" + one + "Associations", "GET", base + "/{id}/associations/{to}", read);
        guarded(all, "associate" + one, "PUT", base + "/{id}/associations/{to}/{to_id}", write);
        guarded(all, "dissociate" + one, "DELETE", base + "/{id}/associations/{to}/{to_id}", write);
    }

    private static void associations(List<Operation> all, String base) {
        guarded(all, "batchCreateAssociations", "POST", base + "/batch/create", ASSOCIATIONS_WRITE);
        guarded(all, "batchReadAssociations", "POST", base + "/batch/read", ASSOCIATIONS_READ);
        guarded(all, "batchArchiveAssociations", "POST", base + "/batch/archive", ASSOCIATIONS_WRITE);
        guarded(all, "listAssociationLabels", "GET", base + "/labels", ASSOCIATIONS_READ);
        guarded(all, "createAssociationLabel", "POST", base + "/labels", ASSOCIATIONS_WRITE);
        guarded(all, "updateAssociationLabel", "PATCH", base + "/labels/{label}", ASSOCIATIONS_WRITE);
        guarded(all, "deleteAssociationLabel", "DELETE", base + "/labels/{label}", ASSOCIATIONS_WRITE);
    }

    private static void pipelines(List<Operation> all, String one, String base, Scope read) {
        var pipeline = base + "/{pipeline_id}";
        guarded(all, "list" + one + "Pipelines", "GET", base, read);
        guarded(all, "create" + one + "Pipeline", "POST", base, PIPELINES_WRITE);
        guarded(all, "get" + one + "Pipeline", "GET", pipeline, read);
        guarded(all, "update" + one + "Pipeline", "PATCH", pipeline, PIPELINES_WRITE);
        guarded(all, "delete" + one + "Pipeline", "DELETE", pipeline, PIPELINES_WRITE);
        guarded(all, "create" + one + "Stage", "POST", pipeline + "/stages", PIPELINES_WRITE);
        guarded(all, "update" + one + "Stage", "PATCH", pipeline + "/stages/{stage_id}", PIPELINES_WRITE);
        guarded(all, "delete" + one + "Stage", "DELETE", pipeline + "/stages/{stage_id}", PIPELINES_WRITE);
    }

    private static void person(List<Operation> all, String one, String base, Scope read, Scope write) {
        guarded(all, "erase" + one, "POST", base + "/erase", PRIVACY_ERASE);
        guarded(all, "get" + one + "Consents", "GET", base + "/consents", read);
        guarded(all, "set" + one + "Consents", "PUT", base + "/consents", write);
    }

    /** What can be read of every kind of record. */
    private static void readable(List<Operation> all, String one, String many, String base, Scope scope) {
        guarded(all, "list" + many, "GET", base, scope);
        guarded(all, "search" + many, "POST", base + "/search", scope);
        guarded(all, "get" + one, "GET", base + "/{id}", scope);
        guarded(all, "list" + one + "Changes", "GET", base + "/changes", scope);
        guarded(all, "get" + one + "History", "GET", base + "/{id}/history", scope);
        guarded(all, "get" + one + "ByKey", "GET", base + "/by/{key}/{value}", scope);
    }

    private static void guarded(List<Operation> all, String id, String method, String template, Scope scope) {
        all.add(new Operation(id, method, template, Optional.of(scope)));
    }

    private static void open(List<Operation> all, String id, String method, String template) {
        all.add(new Operation(id, method, template, Optional.empty()));
    }

    /** What a request's method and path lead to. */
    public sealed interface Match {

        /** To an operation; {@code variables} holds the varying parts of the path, decoded. */
        record Found(Operation operation, Map<String, String> variables) implements Match {
            public Found {
                variables = Map.copyOf(variables);
            }
        }

        /** To a path that answers other methods only. */
        record OtherMethods(List<String> allowed) implements Match {
            public OtherMethods {
                allowed = List.copyOf(allowed);
            }
        }

        /** To nothing. */
        record Nothing() implements Match {}
    }

    /**
     * Finds the operation a request is for. {@code HEAD} is answered by the operation for {@code GET}. Costs one map
     * look-up a path segment, however many operations there are.
     *
     * @param method in capitals
     * @param rawPath the path as it was sent; each segment is percent-decoded once, after the split
     */
    public static Match match(String method, String rawPath) {
        var leaf = ROUTES.find(plain(rawPath));
        if (leaf.isEmpty()) {
            return new Match.Nothing();
        }
        var methods = leaf.get().operations();
        var operation = methods.get(method.equals("HEAD") ? "GET" : method);
        return operation == null
                ? new Match.OtherMethods(allowed(methods))
                : new Match.Found(operation, leaf.get().variables(operation));
    }

    /** Standard objects answer under {@code /objects} too: {@code /objects/contacts/7} is {@code /contacts/7}. */
    private static String plain(String rawPath) {
        if (!rawPath.startsWith(OBJECTS)) {
            return rawPath;
        }
        var rest = rawPath.substring(OBJECTS.length());
        var slash = rest.indexOf('/');
        var name = slash < 0 ? rest : rest.substring(0, slash);
        for (var schema : Schemas.STANDARD) {
            if (schema.path().equals(name)) {
                return API + rest;
            }
        }
        return rawPath;
    }

    private static List<String> allowed(Map<String, Operation> methods) {
        var allowed = new ArrayList<>(new LinkedHashMap<>(methods).keySet());
        if (methods.containsKey("GET")) {
            allowed.add(allowed.indexOf("GET") + 1, "HEAD");
        }
        allowed.add("OPTIONS");
        return allowed;
    }

    /** The methods a path answers, as an {@code Allow} header lists them; empty when there is no such path. */
    public static List<String> methods(String rawPath) {
        return ROUTES.find(plain(rawPath))
                .map(leaf -> allowed(leaf.operations()))
                .orElse(List.of());
    }
}
