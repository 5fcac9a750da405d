/**
 * The admin API of the pack, below {@code /admin/realms/{realm}/fapi}: one class for each part of a
 * path, and nothing of the work itself. Start with {@link io.github.fapipack.rest.FapiResource}.
 */
package io.github.fapipack.rest;
