// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.keep;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a deletion took away, without what it was; as it is stored and shown, components are the mapping's fields. Times are
 * ISO-8601, in UTC.
 *
 * @param id of the deletion
 * @param state {@code begun}, {@code done}, or {@code resumed}: done by another run than the one that began it, whose part is
 *     not counted
 * @param at when it was asked for
 * @param streams that were meant
 * @param from of the request; null for the beginning
 * @param to of the request; null for no end
 * @param ids of the request
 * @param reason of the request
 * @param evenPinned of the request
 * @param deleted how many documents of each kind
 * @param footageFiles segments, thumbnails and clips
 * @param footageBytes of these and of own files
 * @param ownFiles files that somebody else put there
 * @param first when the first event began that went; null when none did
 * @param last when the last event ended that went
 * @param keptPinned events and alerts that stay because they are pinned
 * @param keptFootage segments that stay because they are pinned
 * @param digest of kinds and ids of all documents that went, see {@code SetDigest}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Receipt(
        @JsonProperty("id") String id,
        @JsonProperty("state") String state,
        @JsonProperty("at") String at,
        @JsonProperty("streams") List<String> streams,
        @JsonProperty("from") @Nullable String from,
        @JsonProperty("to") @Nullable String to,
        @JsonProperty("ids") List<String> ids,
        @JsonProperty("reason") String reason,
        @JsonProperty("even_pinned") boolean evenPinned,
        @JsonProperty("deleted") Map<String, Long> deleted,
        @JsonProperty("footage_files") long footageFiles,
        @JsonProperty("footage_bytes") long footageBytes,
        @JsonProperty("own_files") long ownFiles,
        @JsonProperty("first") @Nullable String first,
        @JsonProperty("last") @Nullable String last,
        @JsonProperty("kept_pinned") long keptPinned,
        @JsonProperty("kept_footage") long keptFootage,
        @JsonProperty("digest") String digest) {

    static final String BEGUN = "begun";
    static final String DONE = "done";
    static final String RESUMED = "resumed";

    /** How people call one of a kind, and several. */
    private record Words(String one, String many) {}

    private static final Map<String, Words> WORDS = words();

    private static Map<String, Words> words() {
        Map<String, Words> words = new LinkedHashMap<>();
        words.put(Erasure.EVENTS, new Words("event", "events"));
        words.put(Erasure.ALERTS, new Words("alert", "alerts"));
        words.put(Erasure.EVIDENCE, new Words("record of evidence", "records of evidence"));
        words.put(Erasure.DELIVERIES, new Words("message", "messages"));
        words.put(Erasure.HANDLING, new Words("handling", "handlings"));
        words.put(Erasure.REFUSED, new Words("refused document", "refused documents"));
        words.put(Erasure.COVERAGE, new Words("entry of the ledger", "entries of the ledger"));
        return words;
    }

    /** How many documents of all kinds. */
    public long documents() {
        return deleted.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * For a person.
     *
     * @param would whether it was only tried
     */
    public String sentence(boolean would) {
        List<String> parts = new ArrayList<>();
        WORDS.forEach((kind, words) -> {
            long count = deleted.getOrDefault(kind, 0L);
            if (count > 0) {
                parts.add(count + " " + (count == 1 ? words.one() : words.many()));
            }
        });
        if (footageFiles > 0) {
            parts.add(footageFiles + (footageFiles == 1 ? " file" : " files") + " of footage and evidence");
        }
        if (ownFiles > 0) {
            parts.add(ownFiles + (ownFiles == 1 ? " file of yours" : " files of yours"));
        }
        String what = parts.isEmpty() ? "nothing" : String.join(", ", parts);
        String bytes = footageBytes == 0 ? "" : String.format(Locale.ROOT, " (%.1f MB)", footageBytes / 1e6);
        String where = streams.isEmpty() ? "" : " of " + String.join(", ", streams);
        String when = first == null ? "" : ", from " + first + " to " + last;
        String pinned = keptPinned + keptFootage == 0
                ? ""
                : "; pinned and kept: " + keptPinned + " events and alerts, " + keptFootage + " files";
        return (would ? "Would delete " : "Deleted ") + what + bytes + where + when + pinned + ".";
    }
}
