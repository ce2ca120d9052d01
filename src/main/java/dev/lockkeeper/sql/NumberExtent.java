package dev.lockkeeper.sql;

/**
 * Where a numeric constant ends: {@code 42}, {@code 3.5}, {@code 4.}, {@code .001}, {@code 5e2}, {@code 1.9e-5},
 * {@code 1_500}, {@code 0x1F}. In {@code 1..10}, as loops of PL/pgSQL have it, the number is 1.
 */
final class NumberExtent {
    private NumberExtent() {}

    static int of(String text, int start) {
        int radix = ofRadix(text, start);
        if (radix > start) {
            return radix;
        }
        int end = Extent.ofDigits(text, start);
        if (text.startsWith(".", end) && !text.startsWith("..", end)) {
            end = Extent.ofDigits(text, end + 1);
        }
        return ofExponent(text, end);
    }

    private static int ofRadix(String text, int start) {
        if (text.charAt(start) != '0' || start + 2 >= text.length() || !isRadixMark(text.charAt(start + 1))) {
            return start;
        }
        int end = start + 2;
        while (end < text.length() && isRadixDigit(text.charAt(end))) {
            end++;
        }
        return end > start + 2 ? end : start;
    }

    private static boolean isRadixMark(char c) {
        return "xXoObB".indexOf(c) >= 0;
    }

    private static boolean isRadixDigit(char c) {
        return c == '_' || (c < Characters.FIRST_BEYOND_ASCII && Character.digit(c, 16) >= 0);
    }

    private static int ofExponent(String text, int mantissaEnd) {
        if (mantissaEnd >= text.length() || Characters.upper(text.charAt(mantissaEnd)) != 'E') {
            return mantissaEnd;
        }
        int digits = mantissaEnd + 1;
        if (text.startsWith("+", digits) || text.startsWith("-", digits)) {
            digits++;
        }
        int end = Extent.ofDigits(text, digits);
        return end > digits ? end : mantissaEnd;
    }
}
