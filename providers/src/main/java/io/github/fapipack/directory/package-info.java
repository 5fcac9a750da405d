/**
 * Follows the list of participants that the directory of an ecosystem publishes, and ends the
 * clients whose participants have ended. Start with {@link
 * io.github.fapipack.directory.DirectoryWatch}.
 */
package io.github.fapipack.directory;
