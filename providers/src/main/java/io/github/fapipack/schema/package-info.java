/**
 * JSON Schemas, with which authorization details and ecosystem profiles are checked. Start with
 * {@link io.github.fapipack.schema.JsonSchema}.
 */
package io.github.fapipack.schema;
