// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.network;

/**
 * Where a network runs, and in which number format.
 *
 * <table>
 * <caption>Precision</caption>
 * <tr><td>processor</td><td>float32</td><td>without bf16 instructions a bf16 product is four to six times slower</td></tr>
 * <tr><td>GPU</td><td>bfloat16</td><td>what the published models were trained in; half the memory to read</td></tr>
 * </table>
 *
 * @param device as torch names it: {@code cpu}, {@code cuda:0}
 * @param dtype torch's code of the number format
 */
record Placement(String device, int dtype) {

    static Placement of(String device) {
        if (device.equals(Devices.PROCESSOR)) {
            return new Placement(device, TorchScript.FLOAT32);
        }
        if (device.matches("cuda:\\d+")) {
            return new Placement(device, TorchScript.BFLOAT16);
        }
        throw new IllegalArgumentException("device should be cpu or cuda:0, cuda:1 …, found '" + device + "'");
    }

    boolean isGpu() {
        return device.startsWith("cuda");
    }

    /** Bytes of a number. */
    int bytes() {
        return dtype == TorchScript.FLOAT32 ? 4 : 2;
    }
}
