// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Packets are written as {@code K6/4}: a key picture shown at tick 6, decoded at tick 4. */
class DecodePlanTest {

    private static final TimeBase SECONDS = new TimeBase(1, 1, 0);

    private final List<Long> asked = new ArrayList<>();

    @Test
    void whatNothingWantedRefersToIsDropped() {
        assertThat(fates(Set.of(0L, 2L), "K0/0 1/1 2/2 3/3 4/4 K5/5 6/6 K7/7"))
                .isEqualTo("0:WANTED 1:REFERENCE 2:WANTED 3:DROP 4:DROP 5:DROP 6:DROP 7:DROP");
    }

    @Test
    void picturesAreAskedForInTheOrderTheyAreShown() {
        assertThat(fates(Set.of(3L), "K0/-2 4/-1 2/0 1/1 3/2 8/3 6/4 5/5 7/6"))
                .isEqualTo("0:REFERENCE 4:REFERENCE 2:REFERENCE 1:REFERENCE 3:WANTED 8:DROP 6:DROP 5:DROP 7:DROP");
        assertThat(asked).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void aWantedPictureOfAnOpenGroupKeepsTheGroupBefore() {
        // 4 and 5 are shown before the key picture 6 they follow
        assertThat(fates(Set.of(0L, 5L), "K0/-2 2/-1 1/0 3/1 K6/2 5/3 4/4 7/5"))
                .isEqualTo("0:WANTED 2:REFERENCE 1:REFERENCE 3:REFERENCE 6:REFERENCE 5:WANTED 4:DROP 7:DROP");
    }

    @Test
    void anUnwantedOpenGroupDoesNot() {
        assertThat(fates(Set.of(0L, 6L), "K0/-2 2/-1 1/0 3/1 K6/2 5/3 4/4 7/5"))
                .isEqualTo("0:WANTED 2:DROP 1:DROP 3:DROP 6:WANTED 5:DROP 4:DROP 7:DROP");
    }

    @Test
    void packetsWithoutATimeAreDecodedAndKeepWhatTheyMayReferTo() {
        assertThat(fates(Set.of(0L), "K0/0 1/1 -/2 3/3 K4/4")).isEqualTo("0:WANTED 1:REFERENCE -:UNSURE 3:DROP 4:DROP");
    }

    @Test
    void packetsFromThePastAndFromBeforeTheStartAreNotAskedFor() {
        fates(Set.of(), "K-2/-2 K0/0 5/5 1/6 5/7 6/8");

        assertThat(asked).containsExactly(0L, 5L, 6L);
    }

    @Test
    void aLongGroupWithoutAWantedPictureIsNotHeldForEver() {
        DecodePlan<String> plan = plan(Set.of(100_000L));
        int held = 0;
        for (long tick = 0; tick < 5_000; tick++) {
            plan.add("p", tick, tick, tick == 0, true);
            held++;
            while (plan.poll() != null) {
                held--;
            }
            assertThat(held).isLessThanOrEqualTo(DecodePlan.CAPACITY);
        }
    }

    @Test
    void noMoreIsReadAheadThanTheNextWantedPicture() {
        DecodePlan<String> plan = plan(Set.of(3L, 6L));
        plan.add("K0", 0, 0, true, true);
        plan.add("1", 1, 1, false, true);
        assertThat(plan.poll()).isNull();
        plan.add("2", 2, 2, false, true);
        assertThat(plan.poll()).isNull();
        plan.add("3", 3, 3, false, true);

        assertThat(plan.poll()).extracting(DecodePlan.Step::packet).isEqualTo("K0");
        assertThat(plan.poll()).extracting(DecodePlan.Step::packet).isEqualTo("1");
        assertThat(plan.poll()).extracting(DecodePlan.Step::packet).isEqualTo("2");
        assertThat(plan.poll()).extracting(DecodePlan.Step::fate).isEqualTo(DecodePlan.Fate.WANTED);
        assertThat(plan.poll()).isNull();
    }

    private DecodePlan<String> plan(Set<Long> wantedSeconds) {
        return new DecodePlan<>(
                micros -> {
                    asked.add(micros / 1_000_000);
                    return wantedSeconds.contains(micros / 1_000_000);
                },
                SECONDS);
    }

    private String fates(Set<Long> wantedSeconds, String packets) {
        DecodePlan<String> plan = plan(wantedSeconds);
        List<String> fates = new ArrayList<>();
        for (String word : packets.split(" ")) {
            String[] times = word.replace("K", "").split("/");
            long pts = times[0].equals("-") ? TimeBase.NONE : Long.parseLong(times[0]);
            plan.add(times[0], pts, Long.parseLong(times[1]), word.startsWith("K"), true);
            poll(plan, fates);
        }
        plan.end();
        poll(plan, fates);
        return String.join(" ", fates);
    }

    private static void poll(DecodePlan<String> plan, List<String> fates) {
        for (DecodePlan.Step<String> step = plan.poll(); step != null; step = plan.poll()) {
            fates.add(step.packet() + ":" + step.fate());
        }
    }
}
