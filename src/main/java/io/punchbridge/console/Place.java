package io.punchbridge.console;

/** The pages of the console, in the order of its navigation. */
public enum Place {
    TODAY("/", "Today"),
    PUNCHES("/punches", "Punches"),
    HELD("/held", "Held"),
    DEVICES("/devices", "Devices"),
    LOAD_LOG("/load-log", "Load log"),
    ATTENDANCE("/attendance", "Attendance"),
    SET_UP_CHECK("/set-up-check", "Set-up check"),
    ROSTER("/roster", "Roster");

    private final String path;
    private final String title;

    Place(String path, String title) {
        this.path = path;
        this.title = title;
    }

    public String path() {
        return path;
    }

    public String title() {
        return title;
    }
}
