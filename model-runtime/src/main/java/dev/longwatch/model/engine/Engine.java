// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.engine;

import dev.longwatch.model.Clip;
import dev.longwatch.model.Frame;
import dev.longwatch.model.generate.Generation;
import dev.longwatch.model.generate.Generation.Task;
import dev.longwatch.model.generate.Generation.Written;
import dev.longwatch.model.network.Branches;
import dev.longwatch.model.network.QwenVl;
import dev.longwatch.model.network.QwenVlConfig;
import dev.longwatch.model.network.SharedPrefix;
import dev.longwatch.model.network.VisualFeatures;
import dev.longwatch.model.pixels.PatchGrid;
import dev.longwatch.model.pixels.Patches;
import dev.longwatch.model.prompt.ChatTemplate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One network for all threads of a process. Callers wait in the order they came, which is the back-pressure; one clip is
 * answered at a time, with all processor threads. Clips that wait together could be joined where the lock is taken.
 */
public final class Engine implements AutoCloseable {

    /** Patches encoded at once: bounds the memory of a long clip without slowing it. */
    private static final int PATCHES_AT_ONCE = 8192;

    private final QwenVl network;
    private final ChatTemplate template;
    private final Patches patches;
    private final Generation generation;
    private final FeatureCache cache;
    private final ReentrantLock turn = new ReentrantLock(true);
    private long reused;
    private boolean closed;

    /**
     * @param network closed with the engine
     * @param cacheBytes for visual tokens kept between clips
     */
    public Engine(QwenVl network, ChatTemplate template, Patches patches, Generation generation, long cacheBytes) {
        this.network = network;
        this.template = template;
        this.patches = patches;
        this.generation = generation;
        this.cache = new FeatureCache(cacheBytes);
    }

    /**
     * A question as the engine takes it.
     *
     * @param prompt the text after the video
     */
    public record Request(String prompt, Task task) {}

    /** @return one text for each request, in their order */
    public List<Written> answer(Clip clip, List<Request> requests) {
        QwenVlConfig.Vision vision = network.config().vision();
        Prefix clipPrefix = Prefix.of(clip, vision.temporalPatchSize(), vision.patchSize());
        List<PictureDigest> digests =
                clipPrefix.patches().stream().map(PictureDigest::of).toList();
        return inTurn(() -> {
            int[] ids = template.prefix(clipPrefix.grid().tokens(vision.spatialMergeSize()));
            List<VisualFeatures> features = features(clipPrefix, digests);
            try (SharedPrefix prefix =
                    network.prefix(ids, List.of(clipPrefix.block(vision.tokensPerSecond())), features)) {
                return written(prefix, requests);
            }
        });
    }

    /** Writes what is asked for in words alone, without a clip. */
    public Written write(Request request) {
        return inTurn(() -> {
            try (SharedPrefix prefix = network.prefix(template.opening())) {
                return written(prefix, List.of(request)).get(0);
            }
        });
    }

    private List<Written> written(SharedPrefix prefix, List<Request> requests) {
        // inside the turn, because whoever closes the engine closes the tokenizer next
        List<int[]> prompts = requests.stream()
                .map(request -> template.suffix(request.prompt()))
                .toList();
        try (Branches branches = network.branch(prefix, prompts)) {
            return generation.write(
                    branches, requests.stream().map(Request::task).toList());
        }
    }

    private <T> T inTurn(Supplier<T> work) {
        turn.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the model is closed");
            }
            return work.get();
        } finally {
            cache.trim();
            turn.unlock();
        }
    }

    /** The tokens of each temporal patch, known ones from the cache. */
    private List<VisualFeatures> features(Prefix prefix, List<PictureDigest> digests) {
        Map<PictureDigest, List<Frame>> unknown = new LinkedHashMap<>();
        for (int patch = 0; patch < digests.size(); patch++) {
            if (cache.get(digests.get(patch)) == null) {
                unknown.putIfAbsent(digests.get(patch), prefix.patches().get(patch));
            }
        }
        reused += digests.size() - unknown.size();
        encode(unknown, prefix.grid());
        List<VisualFeatures> features = new ArrayList<>();
        for (PictureDigest digest : digests) {
            @Nullable VisualFeatures known = cache.get(digest);
            if (known == null) {
                throw new IllegalStateException("a temporal patch was encoded and not kept");
            }
            features.add(known);
        }
        return features;
    }

    private void encode(Map<PictureDigest, List<Frame>> unknown, PatchGrid grid) {
        int atOnce = Math.max(1, PATCHES_AT_ONCE / grid.frame());
        List<PictureDigest> digests = List.copyOf(unknown.keySet());
        for (int from = 0; from < digests.size(); from += atOnce) {
            List<PictureDigest> part = digests.subList(from, Math.min(from + atOnce, digests.size()));
            List<Frame> frames = new ArrayList<>();
            part.forEach(digest -> frames.addAll(unknown.get(digest)));
            PatchGrid partGrid = new PatchGrid(part.size(), grid.h(), grid.w());
            List<VisualFeatures> encoded = network.encode(patches.rows(frames), partGrid);
            for (int i = 0; i < part.size(); i++) {
                cache.put(part.get(i), encoded.get(i));
            }
        }
    }

    /** How many temporal patches needed no encoding so far. */
    long reused() {
        turn.lock();
        try {
            return reused;
        } finally {
            turn.unlock();
        }
    }

    /** Waits for the clip under way; whoever still waits then is refused. */
    @Override
    public void close() {
        turn.lock();
        try {
            if (!closed) {
                closed = true;
                cache.close();
                network.close();
            }
        } finally {
            turn.unlock();
        }
    }
}
