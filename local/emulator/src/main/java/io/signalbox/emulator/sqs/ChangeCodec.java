/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.sqs;

import io.signalbox.emulator.sqs.Change.Deleted;
import io.signalbox.emulator.sqs.Change.Moved;
import io.signalbox.emulator.sqs.Change.Purged;
import io.signalbox.emulator.sqs.Change.QueueDeleted;
import io.signalbox.emulator.sqs.Change.QueueSet;
import io.signalbox.emulator.sqs.Change.Sent;
import io.signalbox.emulator.sqs.Change.Taken;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Changes as bytes. A tag once given is never given anew, for old logs hold it. */
final class ChangeCodec {

    private static final int QUEUE_SET = 1;
    private static final int QUEUE_DELETED = 2;
    private static final int SENT = 3;
    private static final int TAKEN = 4;
    private static final int DELETED = 5;
    private static final int MOVED = 6;
    private static final int PURGED = 7;

    private static final int NULL = -1;

    private ChangeCodec() {}

    static void write(DataOutput out, Change change) throws IOException {
        switch (change) {
            case QueueSet(var queue, var attributes) -> {
                tag(out, QUEUE_SET, queue);
                texts(out, attributes);
            }
            case QueueDeleted(var queue) -> tag(out, QUEUE_DELETED, queue);
            case Sent(var queue, var number, var message, var sentAt, var visibleAt, var source) -> {
                tag(out, SENT, queue);
                out.writeLong(number);
                text(out, message.id());
                text(out, message.body());
                out.writeInt(message.attributes().size());
                for (var attribute : message.attributes().entrySet()) {
                    text(out, attribute.getKey());
                    text(out, attribute.getValue().dataType());
                    text(out, attribute.getValue().text());
                    text(out, attribute.getValue().binary());
                }
                texts(out, message.system());
                out.writeLong(sentAt);
                out.writeLong(visibleAt);
                text(out, source);
            }
            case Taken(var queue, var number, var receives, var firstAt, var visibleAt) -> {
                tag(out, TAKEN, queue);
                out.writeLong(number);
                out.writeInt(receives);
                out.writeLong(firstAt);
                out.writeLong(visibleAt);
            }
            case Deleted(var queue, var number) -> {
                tag(out, DELETED, queue);
                out.writeLong(number);
            }
            case Moved(var queue, var number, var target) -> {
                tag(out, MOVED, queue);
                out.writeLong(number);
                text(out, target);
            }
            case Purged(var queue) -> tag(out, PURGED, queue);
        }
    }

    static Change read(DataInput in) throws IOException {
        var tag = in.readByte();
        var queue = text(in);
        return switch (tag) {
            case QUEUE_SET -> new QueueSet(queue, texts(in));
            case QUEUE_DELETED -> new QueueDeleted(queue);
            case SENT -> new Sent(queue, in.readLong(), message(in), in.readLong(), in.readLong(), text(in));
            case TAKEN -> new Taken(queue, in.readLong(), in.readInt(), in.readLong(), in.readLong());
            case DELETED -> new Deleted(queue, in.readLong());
            case MOVED -> new Moved(queue, in.readLong(), text(in));
            case PURGED -> new Purged(queue);
            default -> throw new IOException("the log of the queues holds a change of unknown kind " + tag);
        };
    }

    private static Message message(DataInput in) throws IOException {
        var id = text(in);
        var body = text(in);
        var attributes = new TreeMap<String, Attribute>();
        for (var left = in.readInt(); left > 0; left--) {
            attributes.put(text(in), new Attribute(text(in), text(in), text(in)));
        }
        return new Message(id, body, attributes, new TreeMap<>(texts(in)));
    }

    private static void tag(DataOutput out, int tag, String queue) throws IOException {
        out.writeByte(tag);
        text(out, queue);
    }

    /** Not {@code writeUTF}, which ends at 64 KB. */
    private static void text(DataOutput out, String text) throws IOException {
        if (text == null) {
            out.writeInt(NULL);
            return;
        }
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInput in) throws IOException {
        var length = in.readInt();
        if (length == NULL) {
            return null;
        }
        var bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void texts(DataOutput out, Map<String, String> texts) throws IOException {
        out.writeInt(texts.size());
        for (var entry : texts.entrySet()) {
            text(out, entry.getKey());
            text(out, entry.getValue());
        }
    }

    private static Map<String, String> texts(DataInput in) throws IOException {
        var texts = new TreeMap<String, String>();
        for (var left = in.readInt(); left > 0; left--) {
            texts.put(text(in), text(in));
        }
        return texts;
    }
}
