/**
 * What a scheme's directory offers to programs below {@code /realms/<realm>/directory}: the list of
 * participants, key sets and the ecosystem profile for everybody; statements and certificates for
 * software, with a token. Start with {@link io.github.fapipack.publication.DirectoryResource}.
 */
package io.github.fapipack.publication;
