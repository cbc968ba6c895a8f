package io.punchbridge.sandbox;

import io.punchbridge.punch.PunchType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * People who come and go at the simulated devices. Most of what they do is a plain CheckIn or CheckOut in turn; now and
 * then somebody eats, a stranger tries the machine, or the gateway sends a record twice.
 */
final class SimulatedStaff {
    /** With this many records waiting in a device's queue, nobody adds to it. */
    static final int MOST_WAITING = 50;

    private static final String STRANGER = "4711";

    private final SimulatedGateway gateway;
    private final List<SimulatedDevice> devices;
    private final List<SimulatedEmployee> employees;
    private final Clock clock;
    private final Random random;
    private final Set<String> present = new HashSet<>();
    private final Set<String> eating = new HashSet<>();

    SimulatedStaff(
            SimulatedGateway gateway,
            List<SimulatedDevice> devices,
            List<SimulatedEmployee> employees,
            Clock clock,
            Random random) {
        this.gateway = gateway;
        this.devices = devices;
        this.employees = employees;
        this.clock = clock;
        this.random = random;
    }

    /** Lets somebody do something; tells it in a sentence, or nothing where a queue is full. */
    Optional<String> act() {
        SimulatedDevice device = devices.get(random.nextInt(devices.size()));
        if (gateway.waiting(device) >= MOST_WAITING) {
            return Optional.empty();
        }
        int chance = random.nextInt(20);
        if (chance == 0) {
            gateway.repeatLast(device);
            return Optional.of("The gateway sends the last punch of " + device.label() + " once more.");
        }
        if (chance == 1) {
            gateway.punch(device, STRANGER, PunchType.CHECK_IN, now());
            return Optional.of(
                    "User " + STRANGER + ", whom no employee has as device id, punches at " + device.label() + ".");
        }
        SimulatedEmployee employee = employees.get(random.nextInt(employees.size()));
        PunchType type = next(employee.name(), chance == 2);
        gateway.punch(device, Optional.ofNullable(employee.deviceId()).orElse(STRANGER), type, now());
        return Optional.of(employee.employeeName() + " punches " + type.word() + " at " + device.label() + ".");
    }

    private PunchType next(String employee, boolean hungry) {
        if (eating.remove(employee)) {
            return PunchType.MEAL_OUT;
        }
        if (present.add(employee)) {
            return PunchType.CHECK_IN;
        }
        if (hungry) {
            eating.add(employee);
            return PunchType.MEAL_IN;
        }
        present.remove(employee);
        return PunchType.CHECK_OUT;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
