/**
 * Scheme templates: files that say how a scheme's directory words its statements, its list of
 * participants and the names in its certificates. This room reads them and fills in values; it
 * knows nothing of organisations and software but the names of their values. Start with {@link
 * io.github.fapipack.template.Templates}.
 */
package io.github.fapipack.template;
