package io.punchbridge.roster;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.punch.UserId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownNameTest {
    private static final UserId ID = new UserId("012");

    @ParameterizedTest
    @CsvSource({
        // case, order, signs
        "JOHN OLD,                 John Old",
        "'Old, John',              John Old",
        "ALHASSAN OMAR,            Al-Hassan Omar",
        "Al Hassan Omar,           Alhassan Omar",
        "johnold,                  John Old",
        // accents
        "Jose Munoz,               José Muñoz",
        "Jos? Mu?oz,               José Muñoz",
        "Soren Lukasz Strasse,     Søren Łukasz Straße",
        "Ismail Aydin,             İsmail Aydın",
        "José Muñoz,               José Muñoz",
        // cut, in bytes of 24, 16 and 8, and in the order of others
        "Maximiliane Constantinop, Maximiliane Constantinopolou",
        "Maximiliane Cons,         Maximiliane Constantinopolou",
        "Maximili,                 Maximiliane Constantinopolou",
        "Kamau Wanj,               Ann Wanjiku Kamau",
        // an initial, a name left out, one more, a letter mistyped
        "J Old,                    John Old",
        "John,                     John Old",
        "Old,                      John Old",
        "John Peter Old,           John Old",
        "Jon-Peter Wanjiko,        Jon Peter Wanjiku",
        "Kamaau Wanjiku,           Kamau Wanjika Ann",
        // no name at all, or the id in its place
        "'',                       John Old",
        "'  ',                     John Old",
        "12,                       John Old",
        "012,                      John Old",
        "ሙሉጌታ,                     ሙሉጌታ ተስፋዬ"
    })
    void can_be_the_employees(String shown, String employee) {
        // When
        boolean canBe = ShownName.canBe(ID, shown, employee);

        // Then
        assertThat(canBe).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "Jane New,       John Old",
        "JANE,           John Old",
        "Jane Old,       John Old",
        "Dan Kamau,      Ann Kamau",
        "Anne Kamau,     Ann Kamau",
        "Mary Wanjiku,   Ann Wanjiku Kamau",
        "John Smith,     John",
        "Old Jim,        John Old",
        "Bo Bo,          Bo Li",
        "J O Smith,      John Old",
        "????,           John Old",
        "13,             John Old",
        "ተስፋዬ,            ሙሉጌታ"
    })
    void is_anothers(String shown, String employee) {
        // When
        boolean canBe = ShownName.canBe(ID, shown, employee);

        // Then
        assertThat(canBe).isFalse();
    }
}
