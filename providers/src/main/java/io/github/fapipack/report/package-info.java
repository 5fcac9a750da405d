/**
 * The results of an audit in short and at length: verdicts on clients, a summary, and the report as
 * JSON or SARIF, written while the audit goes on. Start with {@link
 * io.github.fapipack.report.ReportBody}.
 */
package io.github.fapipack.report;
