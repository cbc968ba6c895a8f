package io.punchbridge.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * Callbacks as nobody should send them: every shape of the gateway, mutated as text (fields swapped, dropped, doubled,
 * of wrong type, huge, deep), then perhaps encoded or encrypted, then perhaps broken as bytes. The same seed gives the
 * same callbacks.
 */
public final class MutatedCallbacks {
    public static final List<String> TOKENS = List.of(TestSettings.TOKEN, "gate-token", "entrance-token");
    /** What must never be found in anything stored. */
    public static final List<String> SECRETS = List.of(
            TestSettings.TOKEN,
            "gate-token",
            "entrance-token",
            TestSettings.SECURITY_KEY,
            TestSettings.PREVIOUS_SECURITY_KEY);

    private static final String NOBODYS_KEY = "another-key-another-key-another!";
    private static final int BLOCK = 16;
    private static final int LARGEST = 1 << 20;
    private static final Pattern TOKEN_AS_A_VALUE =
            Pattern.compile("\"\\s*(" + String.join("|", TOKENS) + ")\\s*\"", Pattern.DOTALL);
    private static final Pattern FIELD = Pattern.compile("\"([A-Za-z]+)\":");
    private static final Pattern SCALAR = Pattern.compile("(?<=:)(\"[^\"]*\"|\\d[\\d.]*|true|false|null)");

    private static final List<String> SHAPES = List.of("""
            {"RealTime":{"OperationID":"9nu1wak5616p","LabelName":"Head Office","SerialNumber":"%2$s","PunchLog":{"Type":"CheckIn","Temperature":"36.8","FaceMask":false,"InputType":"Fingerprint","UserId":"2","LogTime":"2024-09-17 07:48:22 GMT +0300"},"AuthToken":"%1$s","Time":"2024-09-17 04:49:03 GMT +0000"}}""", """
            {"RealTime":{"PunchLog":{"AttendanceType":"CheckOut","UserID":12,"LogTime":"2024-09-17T04:48:22Z","Temperature":null}},"AuthToken":"%1$s","SerialNumber":"%2$s"}""", """
            {"PunchLog":{"ReturnRowCount":"2","Log":[{"Type":"MealIn","UserID":"007","LogTime":"2024-09-17 07:48:22 GMT +0545"},{"Type":"BreakOut","UserID":"8","LogTime":"2024-09-17 07:48:22"}]},"AuthToken":"%1$s","SerialNumber":"%2$s"}""", """
            {"Load":{"PunchLog":[{"Type":"OverTimeIn","UserID":"3","LogTime":"2024-09-17 07:48:22 GMT -0330","Extra":"more"}]},"AuthToken":"%1$s","SerialNumber":"%2$s"}""", """
            {"RealTime":{"UserUpdated":{"FirstName":"Emp001","LastName":"Test","UserType":"User","OperationTime":"2024-09-17 07:48:22 GMT +0300","Template":[{"Type":"Fingerprint","UserID":"2","Size":"8","Index":"0","Data":"dGVtcGxhdGU="}],"Photo":{"Type":"Base64","UserID":"2","Size":"5","Data":"cGhvdG8="}},"OperationID":"op2","SerialNumber":"%2$s","AuthToken":"%1$s"}}""", """
            {"RealTime":{"UserDeleted":{"UserID":"5"},"SerialNumber":"%2$s","AuthToken":"%1$s"}}""", """
            {"RealTime":{"NobodyKnowsThis":{"Reason":"none","List":[1,2.5,true,null,"x"]},"SerialNumber":"%2$s","AuthToken":"%1$s"}}""", """
            {"AuthToken":"%1$s"}""");

    private static final List<String> ODD_VALUES = List.of(
            "null",
            "true",
            "[]",
            "{}",
            "[[]]",
            "\"\"",
            "\"   \"",
            "0",
            "-1",
            "1e308",
            "1e999999",
            "-0.0",
            "12.0",
            "9223372036854775808",
            "1".repeat(200),
            "9".repeat(1001),
            "0.1e-400",
            "NaN",
            "\"\\u0000\"",
            "\"\\u0000AuthToken\\u0000\"",
            "\"\\ud800\"",
            "\"\\udfff\\ud800\"",
            "\"" + "\\ud83d\\ude00".repeat(71) + "\"",
            "\"x" + "\\ud83d\\ude00".repeat(71) + "\"",
            "\"\u202etxet\"",
            "\"line\\nbreak\\r\\n2024 ERROR forged\"",
            "\"'; DROP TABLE punch; --\"",
            "\"${jndi:ldap://127.0.0.1/x}\"",
            "\"9999-12-31 23:59:59 GMT -1800\"",
            "\"0000-01-01 00:00:00 GMT +1800\"",
            "\"2024-09-17 07:48:60 GMT +0300\"",
            "\"2024-02-30 07:48:22 GMT +0300\"",
            "\"2024-09-17 07:48:22" + " ".repeat(20_000) + "x\"",
            "{\"PunchLog\":{\"UserId\":\"2\"}}",
            "[{\"UserId\":\"2\",\"LogTime\":\"2024-09-17 07:48:22 GMT +0300\"},7,null,[],\"text\"]");

    /**
     * @param mayAuthenticate whether a valid token stood in it as a value: only then may anything of it be stored
     * @param untouched whether it is as the gateway sends it, so that it must be taken in
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Mutated(byte[] body, boolean mayAuthenticate, boolean untouched) {
        @Override
        public String toString() {
            String text = new String(body, StandardCharsets.ISO_8859_1).replaceAll("[^\\p{Graph} ]", "?");
            return (text.length() > 2000 ? text.substring(0, 2000) + "… of " + text.length() : text)
                    + (untouched ? " (untouched)" : "");
        }
    }

    private final Random random;

    public MutatedCallbacks(long seed) {
        this.random = new Random(seed);
    }

    public Mutated next() {
        boolean welcome = random.nextInt(4) != 0;
        String text =
                welcome ? shape(TestSettings.TOKEN, serialNumber()) : shape(otherToken(), TestSettings.SERIAL_NUMBER);
        int textMutations = oneOf(0, 1, 1, 2, 3, 6);
        for (int i = 0; i < textMutations; i++) {
            text = mutate(text);
        }
        boolean mayAuthenticate = TOKEN_AS_A_VALUE.matcher(text).find();
        boolean encoded = random.nextInt(20) == 0;
        byte[] body = encoded ? text.getBytes(charset()) : text.getBytes(UTF_8);
        boolean encrypted = random.nextInt(4) == 0;
        String key = key();
        if (encrypted) {
            body = encrypt(body, key);
        }
        int byteMutations = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0;
        for (int i = 0; i < byteMutations; i++) {
            body = breakBytes(body);
        }
        boolean untouched = textMutations == 0
                && !encoded
                && byteMutations == 0
                && welcome
                && !(encrypted && key.equals(NOBODYS_KEY));
        return new Mutated(body.length > LARGEST ? Arrays.copyOf(body, LARGEST) : body, mayAuthenticate, untouched);
    }

    private String shape(String token, String serialNumber) {
        return SHAPES.get(random.nextInt(SHAPES.size())).formatted(token, serialNumber);
    }

    private String serialNumber() {
        return oneOf(TestSettings.SERIAL_NUMBER, "", "SN-NOBODYS");
    }

    private String otherToken() {
        return oneOf(
                "",
                " ",
                "null",
                "head-office-toke",
                "head-office-tokens",
                "Head-Office-Token",
                "head\\u0000-office-token",
                "gate-token",
                "entrance-token",
                "no-token-of-ours");
    }

    private String key() {
        return oneOf(
                TestSettings.SECURITY_KEY, TestSettings.SECURITY_KEY, TestSettings.PREVIOUS_SECURITY_KEY, NOBODYS_KEY);
    }

    private String mutate(String text) {
        return switch (random.nextInt(17)) {
            case 0 -> replaceScalar(text, ODD_VALUES.get(random.nextInt(ODD_VALUES.size())));
            case 1 -> replaceScalar(text, ODD_VALUES.get(random.nextInt(ODD_VALUES.size())));
            case 2 -> swapScalars(text);
            // Four of these at once are less than the inbox lets wait; more it answers with 503, as it should.
            case 3 -> swapNames(text);
            case 4 -> renameField(text);
            case 5 -> dropSpan(text);
            case 6 -> doubleSpan(text);
            case 7 -> insert(text, oneOf("{", "}", "[", "]", ",", ":", "\"", "\\", "\\u12", "/*", "//", "'", "\0"));
            case 8 -> "\uFEFF" + text;
            case 9 -> text.substring(0, random.nextInt(text.length() + 1));
            case 10 -> wrapDeep(text);
            case 11 -> oneOf("[" + text + "]", "\"" + text + "\"", text + text, text + " ", "\n\t " + text, "");
            case 12 -> addField(text, "\"Extra" + random.nextInt(9) + "\":" + oneOf(ODD_VALUES.toArray(String[]::new)));
            case 13 -> addField(text, "\"" + anyText(300) + "\":\"" + anyText(300) + "\"");
            case 14 -> random.nextInt(100) == 0 ? giant(text) : addField(text, "\"A\":\"" + anyText(2000) + "\"");
            case 15 -> replaceScalar(text, "\"" + anyText(200) + "\"");
            default -> copyScalar(text);
        };
    }

    /** Up to and beyond the depth that the parser allows. */
    private String wrapDeep(String text) {
        int depth = oneOf(5, 100, 990, 999, 1000, 1001, 5000);
        if (random.nextBoolean()) {
            return addField(text, "\"Deep\":" + "[".repeat(depth) + "]".repeat(depth));
        }
        return addField(text, "\"Deep\":" + "{\"Load\":".repeat(depth) + "1" + "}".repeat(depth));
    }

    private String giant(String text) {
        return switch (random.nextInt(6)) {
            case 0 -> replaceScalar(text, "\"" + "x".repeat(LARGEST / 2 + random.nextInt(LARGEST / 2)) + "\"");
            case 1 -> addField(text, "\"" + "n".repeat(LARGEST / 2) + "\":1");
            case 2 -> addField(text, "\"Many\":[" + "{},".repeat(300_000) + "0]");
            // Four of these at once are less than the inbox lets wait; more it answers with 503, as it should.
            case 3 ->
                addField(text, "\"PunchLog\":[" + "{\"UserId\":\"2\",\"LogTime\":\"2024\"},".repeat(4_000) + "0]");
            case 4 -> addField(text, "\"Wide\":{" + manyFields(40_000) + "}");
            default -> addField(text, manyFields(40_000));
        };
    }

    private static String manyFields(int count) {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < count; i++) {
            fields.append(i == 0 ? "" : ",")
                    .append("\"k")
                    .append(i)
                    .append("\":")
                    .append(i);
        }
        return fields.toString();
    }

    private String addField(String text, String field) {
        int brace = braceOf(text);
        return brace < 0 ? text + field : text.substring(0, brace + 1) + field + "," + text.substring(brace + 1);
    }

    private int braceOf(String text) {
        int from = random.nextInt(Math.min(text.length(), 400) + 1);
        int brace = text.indexOf('{', from);
        return brace < 0 ? text.indexOf('{') : brace;
    }

    private String anyText(int longest) {
        int length = random.nextInt(longest);
        StringBuilder any = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            int kind = random.nextInt(40);
            any.append(
                    kind == 0
                            ? oneOf("\\u0000", "\\ud800", "\\udc00", "\\ud83d\\ude00", "\\n", "\\t", "\u0085", "\u2028")
                            : kind == 1
                                    ? Character.toString(random.nextInt(0xD800))
                                            .replace('"', ' ')
                                            .replace('\\', ' ')
                                    : Character.toString('a' + random.nextInt(26)));
        }
        return any.toString();
    }

    private record Span(int start, int end) {
        String of(String text) {
            return text.substring(start, end);
        }
    }

    private static List<Span> spans(Pattern pattern, String text) {
        List<Span> spans = new ArrayList<>();
        // The giants are long behind, not in front: what makes a callback one is found early.
        var matcher = pattern.matcher(text).region(0, Math.min(text.length(), 20_000));
        while (matcher.find()) {
            spans.add(new Span(matcher.start(), matcher.end()));
        }
        return spans;
    }

    private String replaceScalar(String text, String value) {
        List<Span> scalars = spans(SCALAR, text);
        return scalars.isEmpty() ? text : replace(text, any(scalars), value);
    }

    private String copyScalar(String text) {
        List<Span> scalars = spans(SCALAR, text);
        return scalars.isEmpty()
                ? text
                : replace(text, any(scalars), any(scalars).of(text));
    }

    private String swapScalars(String text) {
        return swap(text, spans(SCALAR, text));
    }

    private String swapNames(String text) {
        return swap(text, spans(FIELD, text));
    }

    private String swap(String text, List<Span> spans) {
        if (spans.size() < 2) {
            return text;
        }
        int first = random.nextInt(spans.size() - 1);
        Span one = spans.get(first);
        Span other = spans.get(first + 1 + random.nextInt(spans.size() - 1 - first));
        return text.substring(0, one.start())
                + other.of(text)
                + text.substring(one.end(), other.start())
                + one.of(text)
                + text.substring(other.end());
    }

    private String renameField(String text) {
        List<Span> names = spans(FIELD, text);
        return names.isEmpty()
                ? text
                : replace(
                        text,
                        any(names),
                        oneOf(
                                "\"authtoken\":",
                                "\"Auth_Token\":",
                                "\"SERIALNUMBER\":",
                                "\"punchlog\":",
                                "\"Load\":",
                                "\"RealTime\":",
                                "\"\":",
                                "\"__proto__\":",
                                "\"@type\":",
                                "\"\\u0041uthToken\":",
                                "\"\\ud800\":"));
    }

    private static String replace(String text, Span span, String by) {
        return text.substring(0, span.start()) + by + text.substring(span.end());
    }

    private String dropSpan(String text) {
        int start = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), start + 1 + random.nextInt(40));
        return text.substring(0, start) + text.substring(end);
    }

    private String doubleSpan(String text) {
        int start = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), start + 1 + random.nextInt(80));
        return text.substring(0, end) + text.substring(start);
    }

    private String insert(String text, String what) {
        int at = random.nextInt(text.length() + 1);
        return text.substring(0, at) + what + text.substring(at);
    }

    private byte[] breakBytes(byte[] bytes) {
        byte[] broken = bytes.clone();
        int at = random.nextInt(Math.max(1, bytes.length));
        switch (random.nextInt(6)) {
            case 0 -> {
                return Arrays.copyOf(broken, at);
            }
            case 1 -> {
                return new byte[0];
            }
            case 2 -> {
                return Arrays.copyOf(broken, broken.length + 1 + random.nextInt(20));
            }
            default -> {
                for (int i = 0; i < 1 + random.nextInt(4) && broken.length > 0; i++) {
                    int where = random.nextInt(broken.length);
                    broken[where] =
                            random.nextBoolean() ? (byte) (broken[where] ^ (1 << random.nextInt(8))) : oddByte();
                }
                return broken;
            }
        }
    }

    /** Of what no UTF-8 has, or has only in the middle of a sequence. */
    private byte oddByte() {
        return oneOf((byte) 0, (byte) 0xFF, (byte) 0xFE, (byte) 0xC0, (byte) 0x80, (byte) 0xED, (byte) 0xF5);
    }

    private Charset charset() {
        return oneOf(
                StandardCharsets.UTF_16LE,
                StandardCharsets.UTF_16BE,
                StandardCharsets.UTF_16,
                StandardCharsets.ISO_8859_1);
    }

    private byte[] encrypt(byte[] plain, String key) {
        boolean zeros = random.nextBoolean();
        byte[] padded = zeros ? Arrays.copyOf(plain, (plain.length + BLOCK - 1) / BLOCK * BLOCK) : plain;
        String base64 = Base64.getEncoder().encodeToString(run(padded, key, zeros));
        return (random.nextInt(10) == 0 ? "\"" + base64 + "\"" : base64).getBytes(UTF_8);
    }

    @SuppressWarnings("InsecureCryptoUsage") // the vendor's wire format
    private static byte[] run(byte[] plain, String key, boolean zeros) {
        try {
            Cipher aes = Cipher.getInstance(zeros ? "AES/ECB/NoPadding" : "AES/ECB/PKCS5Padding");
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key.getBytes(UTF_8), "AES"));
            return aes.doFinal(plain);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has AES", impossible);
        }
    }

    private <T> T any(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private <T> T oneOf(T... items) {
        return items[random.nextInt(items.length)];
    }
}
