/**
 * The admin API of the pack, below {@code /admin/realms/{realm}/fapi}: one class for each part of a
 * path. The work is done in other rooms. Start with {@link io.github.fapipack.rest.FapiResource}.
 */
package io.github.fapipack.rest;
