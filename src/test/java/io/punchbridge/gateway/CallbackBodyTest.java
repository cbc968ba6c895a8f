package io.punchbridge.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackBodyTest {
    private static final String CURRENT = "0123456789abcdef0123456789ABCDEF";
    private static final String PREVIOUS = "fedcba9876543210FEDCBA9876543210";
    private static final List<SecurityKey> KEYS = List.of(new SecurityKey(CURRENT), new SecurityKey(PREVIOUS));
    private static final String JSON = "{\"RealTime\":{\"AuthToken\":\"t\"}}";

    @Test
    void plain_json_is_opened() {
        // When
        CallbackBody body = CallbackBody.open(bytes(JSON), List.of());

        // Then
        assertOpened(body);
    }

    @Test
    void plain_json_is_opened_with_keys_configured_too() {
        // When
        CallbackBody body = CallbackBody.open(bytes("\uFEFF" + JSON), KEYS);

        // Then
        assertOpened(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AES/ECB/PKCS5Padding", "zeros"})
    void an_encrypted_body_is_opened_with_either_padding(String padding) {
        // Given
        String encrypted = encrypt(JSON, CURRENT, padding);

        // When
        CallbackBody body = CallbackBody.open(bytes(encrypted), KEYS);

        // Then
        assertOpened(body);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 15, 16, 17})
    void json_of_any_length_survives_both_paddings(int more) {
        // Given
        String json = "{\"AuthToken\":\"" + "x".repeat(more) + "\"}";

        // When
        List<CallbackBody> bodies = List.of(
                CallbackBody.open(bytes(encrypt(json, CURRENT, "zeros")), KEYS),
                CallbackBody.open(bytes(encrypt(json, CURRENT, "AES/ECB/PKCS5Padding")), KEYS),
                CallbackBody.open(bytes(new SecurityKey(CURRENT).encrypt(json)), KEYS));

        // Then
        assertThat(bodies)
                .allSatisfy(
                        body -> assertThat(((CallbackBody.Opened) body).json().toString())
                                .isEqualTo(json));
    }

    @Test
    void json_of_more_tokens_than_honest_senders_need_is_not_made_into_a_tree() {
        // Given
        String small = "{\"A\":[" + "{},".repeat(CallbackBody.MOST_TOKENS / 2) + "0]}";

        // When
        CallbackBody body = CallbackBody.open(bytes(small), KEYS);

        // Then
        assertThat(body).isInstanceOf(CallbackBody.NotJson.class);
    }

    @Test
    void the_previous_key_works_beside_the_current_one() {
        // Given
        String encrypted = encrypt(JSON, PREVIOUS, "AES/ECB/PKCS5Padding");

        // When
        CallbackBody body = CallbackBody.open(bytes(encrypted), KEYS);

        // Then
        assertOpened(body);
    }

    @Test
    void base64_may_come_in_lines_and_in_quotes() {
        // Given
        String encrypted = encrypt(JSON, CURRENT, "zeros");
        String inLines = encrypted.substring(0, 20) + "\r\n" + encrypted.substring(20);

        // When
        List<CallbackBody> bodies = List.of(
                CallbackBody.open(bytes(inLines), KEYS), CallbackBody.open(bytes("\"" + encrypted + "\"\n"), KEYS));

        // Then
        assertThat(bodies).allSatisfy(CallbackBodyTest::assertOpened);
    }

    @Test
    void a_body_under_another_key_is_undecryptable() {
        // Given
        String encrypted = encrypt(JSON, "another-key-another-key-another!", "AES/ECB/PKCS5Padding");

        // When
        CallbackBody body = CallbackBody.open(bytes(encrypted), KEYS);

        // Then
        assertThat(body).isEqualTo(new CallbackBody.Undecryptable(true));
    }

    @Test
    void an_encrypted_body_without_any_key_configured_is_undecryptable() {
        // When
        CallbackBody body = CallbackBody.open(bytes(encrypt(JSON, CURRENT, "zeros")), List.of());

        // Then
        assertThat(body).isEqualTo(new CallbackBody.Undecryptable(false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "hello", "[]", "[{}]", "17", "\"text\"", "null", "{", "{}x", "{\"a\":}", "<html></html>"
            })
    void anything_else_is_not_json(String text) {
        // When
        CallbackBody body = CallbackBody.open(bytes(text), KEYS);

        // Then
        assertThat(body).isInstanceOf(CallbackBody.NotJson.class);
    }

    private static void assertOpened(CallbackBody body) {
        assertThat(body).isInstanceOf(CallbackBody.Opened.class);
        assertThat(((CallbackBody.Opened) body).json().toString()).isEqualTo(JSON);
    }

    private static String encrypt(String json, String key, String padding) {
        try {
            boolean zeros = padding.equals("zeros");
            Cipher aes = Cipher.getInstance(zeros ? "AES/ECB/NoPadding" : padding);
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key.getBytes(UTF_8), "AES"));
            byte[] plain = bytes(json);
            return Base64.getEncoder()
                    .encodeToString(aes.doFinal(zeros ? Arrays.copyOf(plain, (plain.length + 15) / 16 * 16) : plain));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
