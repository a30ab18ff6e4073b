// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT2020_CL;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT2020_NCL;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.av_free;
import static org.bytedeco.ffmpeg.global.avutil.av_malloc;
import static org.bytedeco.ffmpeg.global.swscale.SWS_AREA;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_BT2020;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_DEFAULT;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_ITU709;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/** Scales decoded pictures of whatever size and colours to RGB of one size. */
public final class Scaler implements AutoCloseable {

    /** rows start at multiples of this, for the vector instructions */
    private static final int ALIGNMENT = 64;

    private static final int UNITY = 1 << 16;

    private final int width;
    private final int height;
    private final BytePointer pixels;
    private final PointerPointer<BytePointer> planes;
    private final IntPointer rowBytes;
    private @Nullable SwsContext context;
    private @Nullable Source source;

    /** What the context was made for; a stream may change any of it on the way. */
    private record Source(int width, int height, int format, int colours, int range) {}

    /** @param width in pixels, of the pictures that come out; as height */
    public Scaler(int width, int height) {
        if (width < 1 || height < 1 || (long) width * height > VideoFile.MAX_PIXELS) {
            throw new IllegalArgumentException("pictures cannot be scaled to " + width + "x" + height);
        }
        this.width = width;
        this.height = height;
        int stride = (width * 3 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        long bytes = (long) stride * height + ALIGNMENT;
        pixels = new BytePointer(av_malloc(bytes)).capacity(bytes);
        planes = new PointerPointer<>(4);
        planes.put(0, pixels)
                .put(1, (BytePointer) null)
                .put(2, (BytePointer) null)
                .put(3, (BytePointer) null);
        rowBytes = new IntPointer(4).put(0, stride).put(1, 0).put(2, 0).put(3, 0);
    }

    /** @return {@code height * width * 3} bytes, red first; none when FFmpeg cannot convert such a picture */
    public byte[] rgb(AVFrame frame) {
        Source found =
                new Source(frame.width(), frame.height(), frame.format(), frame.colorspace(), frame.color_range());
        if (!found.equals(source)) {
            open(found);
        }
        if (context == null
                || sws_scale(context, frame.data(), frame.linesize(), 0, frame.height(), planes, rowBytes) != height) {
            return new byte[0];
        }
        byte[] rgb = new byte[width * height * 3];
        for (int row = 0; row < height; row++) {
            pixels.position((long) row * rowBytes.get(0)).get(rgb, row * width * 3, width * 3);
        }
        pixels.position(0);
        return rgb;
    }

    private void open(Source found) {
        closeContext();
        source = found;
        SwsContext opened = sws_getContext(
                found.width,
                found.height,
                found.format,
                width,
                height,
                AV_PIX_FMT_RGB24,
                SWS_AREA,
                null,
                null,
                (DoublePointer) null);
        if (opened == null || opened.isNull()) {
            return;
        }
        IntPointer from = sws_getCoefficients(coefficients(found.colours));
        IntPointer to = sws_getCoefficients(SWS_CS_DEFAULT);
        int fullRange = found.range == AVCOL_RANGE_JPEG ? 1 : 0;
        sws_setColorspaceDetails(opened, from, fullRange, to, 1, 0, UNITY, UNITY);
        context = opened;
    }

    private static int coefficients(int colours) {
        if (colours == AVCOL_SPC_BT709) {
            return SWS_CS_ITU709;
        }
        return colours == AVCOL_SPC_BT2020_NCL || colours == AVCOL_SPC_BT2020_CL ? SWS_CS_BT2020 : SWS_CS_DEFAULT;
    }

    private void closeContext() {
        if (context != null) {
            sws_freeContext(context);
            context = null;
        }
    }

    @Override
    public void close() {
        closeContext();
        av_free(pixels);
        planes.deallocate();
        rowBytes.deallocate();
    }
}
