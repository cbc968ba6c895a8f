package io.punchbridge.console.held;

import io.punchbridge.api.SiteLinks;
import io.punchbridge.console.held.HeldPerson.Suggestion;
import io.punchbridge.console.people.Names;
import io.punchbridge.frappe.Employee;
import io.punchbridge.frappe.WithoutDeviceId;
import io.punchbridge.punch.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says which employees an id could belong to, and why: by the id, and by what devices call it. Of one moment; pure. */
final class Suggester {
    /** Of one name on a device; where more are alike, it says little. */
    private static final int MOST_ALIKE = 4;

    /** One common word makes no person. */
    private static final int WORDS_OF_A_NAME = 2;

    private final SiteLinks links;
    private final Map<String, List<Employee>> byCore = new HashMap<>();
    private final List<Candidate> candidates;

    Suggester(Collection<Employee> employees, Collection<WithoutDeviceId> without, SiteLinks links) {
        this.links = links;
        employees.stream()
                .sorted(Comparator.comparing(Employee::name))
                .forEach(employee -> byCore.computeIfAbsent(
                                UserId.core(employee.userId().value()), first -> new ArrayList<>())
                        .add(employee));
        candidates = Stream.concat(
                        employees.stream()
                                .map(one -> new Candidate(
                                        one.name(),
                                        one.employeeName(),
                                        one.status(),
                                        one.userId().value(),
                                        Names.words(one.employeeName()))),
                        without.stream()
                                .map(one -> new Candidate(
                                        one.name(),
                                        one.employeeName(),
                                        one.status(),
                                        null,
                                        Names.words(one.employeeName()))))
                .toList();
    }

    private record Candidate(
            String employee,
            String name,
            String status,
            @Nullable String id,
            List<String> words) {}

    private record Alike(Candidate candidate, int words) {}

    /** @param names what devices call the id */
    List<Suggestion> of(UserId user, Collection<String> names) {
        List<Suggestion> suggestions = new ArrayList<>(byId(user));
        Set<String> told = new HashSet<>();
        suggestions.forEach(suggestion -> told.add(suggestion.employee()));
        for (String name : names) {
            for (Alike alike : alike(name)) {
                if (told.add(alike.candidate().employee())) {
                    suggestions.add(byName(user, name, alike));
                }
            }
        }
        return List.copyOf(suggestions);
    }

    private List<Suggestion> byId(UserId user) {
        List<Employee> alike = byCore.getOrDefault(UserId.core(user.value()), List.of());
        List<Employee> same =
                alike.stream().filter(one -> one.userId().equals(user)).toList();
        return alike.stream()
                .map(one -> same.contains(one) ? sameId(one, same.size()) : otherWriting(user, one))
                .toList();
    }

    private Suggestion sameId(Employee employee, int holders) {
        if (holders > 1) {
            return suggestion(
                    employee,
                    "Has this id, as " + (holders - 1) + " other " + (holders == 2 ? "employee has" : "employees have")
                            + ", so a punch could be anybody's.",
                    "Give each employee an Attendance Device ID of his own.");
        }
        return employee.status().equals("Active")
                ? suggestion(
                        employee,
                        "Has this id now, and is Active.",
                        "Nothing is to be done: these punches are sent at the next look, but for those of after a relieving date.")
                : suggestion(
                        employee,
                        "Has this id, and is " + employee.status() + ".",
                        employee.status().equals("Left")
                                ? "If the person still works, set the status to Active. If not, see that the relieving date is right: punches"
                                        + " of up to that day are sent. Dismiss what came later, and delete the user on the device."
                                : "If the person works, set the status to Active.");
    }

    private Suggestion otherWriting(UserId user, Employee employee) {
        return suggestion(
                employee,
                "Has the id \"" + employee.userId().value()
                        + "\", which differs from this one only by leading zeros, blanks or case.",
                "If it is this person, set Attendance Device ID to " + user.value() + ", as the device has it.");
    }

    private Suggestion byName(UserId user, String name, Alike alike) {
        Candidate candidate = alike.candidate();
        String why = "A device calls this id \"" + name + "\"; " + alike.words() + " of the "
                + Names.words(name).size() + " words agree, or differ by one letter."
                + (candidate.status().equals("Active") ? "" : " The employee is " + candidate.status() + ".");
        String advice = candidate.id() == null
                ? "Has no device id yet. If it is this person, set Attendance Device ID to " + user.value() + "."
                : "Has the id " + candidate.id()
                        + " already. If it is this person, the device knows the person by two ids: delete"
                        + " one there, or set Attendance Device ID to " + user.value() + ".";
        return new Suggestion(
                candidate.employee(), candidate.name(), links.employee(candidate.employee()), why, advice);
    }

    /** The likest first, and of those who are as like, those who lack an id. */
    private List<Alike> alike(String name) {
        List<String> words = Names.words(name);
        int wanted = Math.min(WORDS_OF_A_NAME, words.size());
        return words.isEmpty()
                ? List.of()
                : candidates.stream()
                        .map(candidate -> new Alike(candidate, Names.alike(words, candidate.words())))
                        .filter(alike -> alike.words() >= wanted)
                        .sorted(Comparator.comparingInt(Alike::words)
                                .reversed()
                                .thenComparing(alike -> alike.candidate().id() != null)
                                .thenComparing(alike -> alike.candidate().name()))
                        .limit(MOST_ALIKE)
                        .toList();
    }

    private Suggestion suggestion(Employee employee, String why, String advice) {
        return new Suggestion(employee.name(), employee.employeeName(), links.employee(employee.name()), why, advice);
    }
}
