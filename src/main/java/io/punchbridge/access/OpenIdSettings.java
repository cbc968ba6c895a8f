package io.punchbridge.access;

/**
 * Whether people may come from an OpenID provider, and which of the roles that it tells mean ours. How the provider is
 * reached stands in Quarkus' own keys, {@code quarkus.oidc.*}.
 *
 * @param on {@code quarkus.oidc.tenant-enabled}
 */
public record OpenIdSettings(boolean on, String viewerRole, String operatorRole) {}
