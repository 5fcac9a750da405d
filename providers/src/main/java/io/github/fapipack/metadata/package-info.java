/**
 * What a realm publishes of itself: OpenID Discovery, RFC 8414 metadata and the offered keys, as
 * the realm's rules have it. Start with {@code RealmMetadata}.
 */
package io.github.fapipack.metadata;
