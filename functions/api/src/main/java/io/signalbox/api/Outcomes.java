/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import io.signalbox.core.Edited;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.ErrorCode;
import io.signalbox.model.Life;
import io.signalbox.model.RecordId;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import io.signalbox.runtime.Problem;

/** What a change that was not made is answered with; the same for one record and for an item of a batch. */
final class Outcomes {

    private Outcomes() {}

    static Refusal refusal(Call call, Kind kind, Edited outcome) {
        return switch (outcome) {
            case Edited.Done _ -> throw new IllegalArgumentException("a change that was made is no refusal");
            case Edited.Missing() -> missing(kind, "id");
            case Edited.Gone(var record) -> gone(kind, record);
            case Edited.Moved(var survivor) -> merged(call, kind, survivor);
            case Edited.Changed(var version) -> changed(version);
            case Edited.Exists(var id) -> exists(call, kind, id);
            case Edited.Taken(var key, var holder) -> duplicate(call, kind, key, holder);
            case Edited.Refused(var field, var code, var message) ->
                Refusal.of(ErrorCode.VALIDATION_FAILED, message, new Problem.Detail("/" + field, code, message));
            case Edited.Aborted() ->
                Refusal.of(ErrorCode.BATCH_ABORTED, "It was not done because another item of the batch cannot be.");
            case Edited.Twice() ->
                Refusal.of(
                        ErrorCode.VALIDATION_FAILED,
                        "A batch with atomic=true may change each record once.",
                        new Problem.Detail("/inputs", "REPEATED", "Two of the inputs are about one record."));
            case Edited.TooLarge() ->
                Refusal.of(
                        ErrorCode.PAYLOAD_TOO_LARGE,
                        "The record would be larger than the storage takes, which is about 380 KB.");
            case Edited.Contended() ->
                Refusal.of(ErrorCode.CONFLICT, "Others kept changing the record; try again in a moment.")
                        .with("Retry-After", "1")
                        .with("X-Should-Retry", "true");
        };
    }

    static Refusal missing(Kind kind, String key) {
        return Refusal.of(ErrorCode.NOT_FOUND, "There is no " + kind.object() + " with this " + key + ".");
    }

    /** The tombstone: which record it was, and since when it is gone. */
    static Refusal gone(Kind kind, CrmRecord record) {
        var erased = record.life().state() == Life.State.ERASED;
        var refusal = Refusal.of(
                        ErrorCode.RECORD_DELETED,
                        erased
                                ? "This " + kind.object() + " has been erased for good."
                                : "This " + kind.object() + " has been deleted; POST …/restore brings it back.")
                .saying("id", Value.of(record.key().id().toString()))
                .saying("object", Value.of(kind.object().name()))
                .saying("restorable", Value.of(!erased));
        return record.life().stamp().equals(io.signalbox.model.Stamp.NONE)
                ? refusal
                : refusal.saying(
                        "deleted_at", Value.of(record.life().stamp().time().toString()));
    }

    private static Refusal merged(Call call, Kind kind, RecordId survivor) {
        return Refusal.of(
                        ErrorCode.RECORD_MERGED,
                        "This " + kind.object() + " has become part of another; change that one.",
                        new Problem.Detail("/id", "MERGED", "It is part of existing_id now.", survivor.toString()))
                .with("Location", kind.link(call, survivor));
    }

    private static Refusal changed(long version) {
        return Refusal.of(
                        ErrorCode.PRECONDITION_FAILED,
                        "The record has changed since this ETag; read it again and put the change into what is there.")
                .with("ETag", EntityTags.of(version));
    }

    private static Refusal exists(Call call, Kind kind, RecordId id) {
        return Refusal.of(
                        ErrorCode.PRECONDITION_FAILED,
                        "There is a " + kind.object() + " with this key already, and If-None-Match: * asks for none.",
                        new Problem.Detail("If-None-Match", "EXISTS", "It is existing_id.", id.toString()))
                .with("Location", kind.link(call, id));
    }

    static Refusal duplicate(Call call, Kind kind, UniqueKey key, RecordId holder) {
        var name = key.field();
        return Refusal.of(
                        ErrorCode.DUPLICATE_RECORD,
                        "There is a " + kind.object() + " with this " + name + " already; Location is where.",
                        new Problem.Detail(kind.pointer(name), "NOT_UNIQUE", "Must be unique.", holder.toString()))
                .with("Location", kind.link(call, holder))
                .with("X-Should-Retry", "false");
    }
}
