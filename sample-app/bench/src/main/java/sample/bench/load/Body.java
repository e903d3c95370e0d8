package sample.bench.load;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/**
 * A message body that both ends can make from the token alone: a window on one fixed block of random bytes.
 * A window is cut, not filled, so that neither end spends time on making or comparing bodies.
 *
 * @param length  in bytes, 0 to {@link #MAX_LENGTH}
 * @param chunked whether the sender is to use chunked transfer coding (RFC 9112 section 7.1) instead of a length
 * @param offset  where the window starts in the block
 */
record Body(int length, boolean chunked, int offset) {

    static final int MAX_LENGTH = 1 << 20;

    /** Direct, so that CRC32C and the sockets read it without a copy. Never written after the class is initialised. */
    private static final ByteBuffer BLOCK = randomBlock();

    /** Draws a body: nine out of ten below 4 KiB, some of them empty; one in two hundred above 64 KiB, up to the full 1 MiB. */
    static Body draw(SplittableRandom random) {
        return new Body(drawLength(random), random.nextInt(5) == 0, random.nextInt(MAX_LENGTH));
    }

    /** The bytes from position {@code from} on, at most {@code count} of them; a new read-only view each time. */
    ByteBuffer bytes(int from, int count) {
        return BLOCK.slice(offset + from, Math.min(count, length - from));
    }

    ByteBuffer bytes() {
        return bytes(0, length);
    }

    /** CRC32C of the whole body as eight hexadecimal digits. */
    String checksum() {
        var crc = new CRC32C();
        crc.update(bytes());
        return checksum(crc);
    }

    static String checksum(CRC32C crc) {
        return "%08x".formatted(crc.getValue());
    }

    private static int drawLength(SplittableRandom random) {
        int permille = random.nextInt(1000);
        if (permille < 20) {
            return 0;
        }
        if (permille < 900) {
            return random.nextInt(4096);
        }
        if (permille < 995) {
            return random.nextInt(4096, (64 << 10) + 1);
        }
        return permille < 999 ? random.nextInt(64 << 10, MAX_LENGTH) : MAX_LENGTH;
    }

    private static ByteBuffer randomBlock() {
        var random = new SplittableRandom(0x75737231);
        ByteBuffer block = ByteBuffer.allocateDirect(2 * MAX_LENGTH);
        while (block.hasRemaining()) {
            block.putLong(random.nextLong());
        }
        return block.flip().asReadOnlyBuffer();
    }
}
