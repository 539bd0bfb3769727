/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.fields;

import io.signalbox.model.ConnectionSettings;
import io.signalbox.model.ObjectType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A vendor's fields in the canonical vocabulary, read from {@code fields.txt} beside the vendor's class.
 *
 * <p>A row is a line of object, vendor's field, canonical field and, where the canonical field's own type does not say
 * enough, how to read it; a line that begins with a blank goes on with the one before, {@code #} begins a comment.
 *
 * <pre>
 * contact,lead  firstname       first_name
 * contact       birthday        birth_date          date
 * deal          amount          amount              money currency
 * deal          dealstage       stage               enum closedwon=won, closedlost=lost
 * activity      hs_call_duration  duration_seconds  divide 1000
 * *             hs_email_open   =                   number
 * *             hs_*_date       =                   millis
 * </pre>
 *
 * Object {@code *} is any; field may hold one {@code *}; target {@code =} keeps the vendor's name; without a target the
 * name is canonical already. The line {@code keys are unique} says that of the vendor what {@link #keysAreUnique} does.
 * The line {@code canonical names pass} lets every canonical name stand for itself. Of two
 * fields with the same target, the one of the upper row wins where both have a value. What is in no row is kept under
 * the vendor's name, or {@code vendor_name} where that is canonical for something else.
 *
 * <p>Readings: {@code text}, {@code number}, {@code boolean}, {@code date}, {@code time}, {@code millis},
 * {@code seconds}, {@code phone}, {@code divide N}, {@code money CURRENCY_FIELD}, {@code enum VENDORS=OURS, …}. An empty
 * text clears a field.
 */
public final class FieldTable {

    private static final String PASS = "canonical names pass";
    private static final String UNIQUE = "keys are unique";
    private static final Map<Class<?>, FieldTable> READ = new ConcurrentHashMap<>();

    private final List<FieldRow> rows;
    private final boolean canonicalPass;
    private final boolean keysAreUnique;
    private final FieldMapper mapper;

    private FieldTable(List<FieldRow> rows, boolean canonicalPass, boolean keysAreUnique) {
        this.rows = List.copyOf(rows);
        this.canonicalPass = canonicalPass;
        this.keysAreUnique = keysAreUnique;
        this.mapper = new FieldMapper(this, ConnectionSettings.NONE);
    }

    /** The table beside the class, read once; where there is none, canonical names pass and no other is mapped. */
    public static FieldTable beside(Class<?> vendor) {
        return READ.computeIfAbsent(vendor, FieldTable::load);
    }

    private static FieldTable load(Class<?> vendor) {
        try (var in = vendor.getResourceAsStream("fields.txt")) {
            return in == null
                    ? new FieldTable(List.of(), true, false)
                    : parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalArgumentException for a line that is no row */
    public static FieldTable parse(String text) {
        var rows = new ArrayList<FieldRow>();
        var pass = false;
        var unique = false;
        for (var line : logicalLines(text)) {
            if (line.equals(PASS)) {
                pass = true;
            } else if (line.equals(UNIQUE)) {
                unique = true;
            } else {
                row(line, rows);
            }
        }
        return new FieldTable(rows, pass, unique);
    }

    private static List<String> logicalLines(String text) {
        var lines = new ArrayList<String>();
        var from = 0;
        while (from < text.length()) {
            var end = text.indexOf('\n', from);
            end = end < 0 ? text.length() : end;
            var line = text.substring(from, end);
            from = end + 1;
            if (line.isBlank() || line.charAt(0) == '#') {
                continue;
            }
            if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
                lines.set(lines.size() - 1, lines.getLast() + " " + line.strip());
            } else {
                lines.add(line.strip());
            }
        }
        return lines;
    }

    private static void row(String line, List<FieldRow> rows) {
        var words = new ArrayList<String>(3);
        var at = 0;
        while (words.size() < 3 && at < line.length()) {
            var end = at;
            while (end < line.length() && !isBlank(line.charAt(end))) {
                end++;
            }
            words.add(line.substring(at, end));
            at = end;
            while (at < line.length() && isBlank(line.charAt(at))) {
                at++;
            }
        }
        if (words.size() < 2) {
            throw new IllegalArgumentException("not a row: " + line);
        }
        var field = words.get(1);
        var target = words.size() == 2 ? field : words.get(2);
        var reading = reading(line.substring(at), line);
        for (var object : words.getFirst().split(",")) {
            rows.add(new FieldRow(object, field, target, reading));
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static Reading reading(String hint, String line) {
        if (hint.isEmpty()) {
            return new Reading.Plain();
        }
        var blank = hint.indexOf(' ');
        var name = blank < 0 ? hint : hint.substring(0, blank);
        var rest = blank < 0 ? "" : hint.substring(blank + 1).strip();
        return switch (name) {
            case "enum" -> new Reading.Choice(words(rest, line));
            case "money" -> new Reading.Money(rest);
            case "divide" -> new Reading.Divided(Integer.parseInt(rest));
            default ->
                new Reading.Typed(Reading.Form.named(name)
                        .orElseThrow(() -> new IllegalArgumentException("no such reading: " + line)));
        };
    }

    private static Map<String, String> words(String list, String line) {
        var words = new LinkedHashMap<String, String>();
        for (var pair : list.split(",")) {
            var equals = pair.lastIndexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("not value=word: " + line);
            }
            words.put(
                    pair.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                    pair.substring(equals + 1).strip());
        }
        return words;
    }

    public List<FieldRow> rows() {
        return rows;
    }

    /** The vendor's names of the fields that the table has rows of their own for, of such an object. */
    public Set<String> fieldsOf(ObjectType type) {
        return rows.stream()
                .filter(row -> row.object().equals(type.name()) && !row.isPattern())
                .map(FieldRow::field)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What the vendor calls a field of that canonical name; the name itself where no row says. */
    public String vendorName(ObjectType type, String canonical) {
        return rows.stream()
                .filter(row -> row.object().equals(type.name()) && !row.isPattern())
                .filter(row -> row.target().equals(canonical))
                .map(FieldRow::field)
                .findFirst()
                .orElse(canonical);
    }

    /** What applies this table as the connection has it. Cheap where nothing is changed. */
    public FieldMapper mapper(ConnectionSettings settings) {
        var changed =
                !settings.mappings().isEmpty() || settings.defaultCountry().isPresent();
        return changed ? new FieldMapper(this, settings) : mapper;
    }

    /**
     * Whether the vendor lets an e-mail address, or a company's domain, stand for one record only, so that its records
     * may be joined by them with those of other vendors unless the connection says otherwise.
     */
    public boolean keysAreUnique() {
        return keysAreUnique;
    }

    /** Whether canonical names stand for themselves. */
    boolean canonicalPass() {
        return canonicalPass;
    }
}
