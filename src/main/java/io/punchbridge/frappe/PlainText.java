package io.punchbridge.frappe;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a line of plain text out of Frappe's HTML messages. */
final class PlainText {
    static final int LONGEST = 500;

    private static final Pattern UNSEEN = Pattern.compile("(?is)<(script|style)\\b.*?</\\1\\s*>|<!--.*?-->");
    private static final Pattern BREAK =
            Pattern.compile("(?i)</?(br|p|div|li|ul|ol|tr|td|h[1-6]|summary|details)\\b[^>]*>");
    private static final Pattern TAG = Pattern.compile("</?[a-zA-Z!][^>]*>");
    private static final Pattern ENTITY = Pattern.compile("&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,6});");
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Cntrl}\\u0085\\u00a0\\u2028\\u2029]+");
    private static final Pattern TITLE = Pattern.compile("(?is)<title[^>]*>(.*?)</title>");
    private static final Map<String, String> ENTITIES = Map.of(
            "amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ", "hellip", "…", "ndash", "–",
            "mdash", "—");

    private PlainText() {}

    static String of(String html) {
        String withoutUnseen = UNSEEN.matcher(html).replaceAll(" ");
        String withoutTags =
                TAG.matcher(BREAK.matcher(withoutUnseen).replaceAll(" ")).replaceAll("");
        return SPACE.matcher(decoded(withoutTags)).replaceAll(" ").strip();
    }

    /** The title of a page, or its text where it has none. */
    static String ofPage(String html) {
        Matcher title = TITLE.matcher(html);
        return of(title.find() ? title.group(1) : html);
    }

    static String cut(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = LONGEST - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    private static String decoded(String text) {
        return ENTITY.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(character(found.group(1), found.group())));
    }

    private static String character(String entity, String asWritten) {
        if (!entity.startsWith("#")) {
            return ENTITIES.getOrDefault(entity, asWritten);
        }
        boolean hex = entity.charAt(1) == 'x' || entity.charAt(1) == 'X';
        int codePoint = hex ? Integer.parseInt(entity.substring(2), 16) : Integer.parseInt(entity.substring(1));
        return Character.isValidCodePoint(codePoint) ? Character.toString(codePoint) : asWritten;
    }
}
