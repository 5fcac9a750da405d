/**
 * The profile of the ecosystem that a realm belongs to: which directory vouches for its clients,
 * and what they must be like.
 */
package io.github.fapipack.ecosystem;
