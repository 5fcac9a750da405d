/**
 * The pages of a scheme's directory, for the people of its organisations and for its operator. They
 * are rendered by the server and have no script. Start with {@link
 * io.github.fapipack.portal.Portal}.
 */
package io.github.fapipack.portal;
