<#include "fapi-error.ftl">
