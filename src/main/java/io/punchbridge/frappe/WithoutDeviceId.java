package io.punchbridge.frappe;

/**
 * An Employee whom no punch can be given to, since no device id is set.
 *
 * @param name Frappe's id, e.g. {@code HR-EMP-00001}
 * @param status Frappe's word: Active, Inactive, Suspended, Left
 */
public record WithoutDeviceId(String name, String employeeName, String status) {}
