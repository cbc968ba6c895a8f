package io.punchbridge.access;

/** Compares a password with a bcrypt hash; takes a tenth of a second and more of a processor, so that guessing is slow. */
interface PasswordCheck {
    /** @param password in UTF-8; what follows its 72nd byte is not looked at */
    boolean matches(byte[] password, String hash);
}
