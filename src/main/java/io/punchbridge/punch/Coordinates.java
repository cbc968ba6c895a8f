package io.punchbridge.punch;

/**
 * Where a device stands. Frappe takes 0, 0 for no place at all, so that is none here either.
 *
 * @param latitude degrees, north positive, -90 to 90
 * @param longitude degrees, east positive, -180 to 180
 */
public record Coordinates(double latitude, double longitude) {
    public Coordinates {
        if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) || (latitude == 0 && longitude == 0)) {
            throw new IllegalArgumentException("no place on Earth: " + latitude + ", " + longitude);
        }
    }
}
