package io.punchbridge.console.people;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {

    @Test
    void words_are_bare_of_case_accents_and_signs() {
        // When
        var words = Names.words("  Çelik-O'Neil, JÜRGEN 2nd ");

        // Then
        assertThat(words).containsExactly("celik", "o", "neil", "jurgen", "2nd");
    }

    @ParameterizedTest
    @CsvSource({
        "ami, Amina Otieno, true",
        "otieno amina, Amina Otieno, true",
        "ina, Amina Otieno, false",
        "amina x, Amina Otieno, false",
        "'- ', Amina Otieno, false",
    })
    void each_sought_word_begins_a_word_of_the_name(String sought, String name, boolean found) {
        // When
        boolean begins = Names.begin(Names.words(sought), Names.words(name));

        // Then
        assertThat(begins).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource({
        "Amina Otieno, OTIENO Amina, 2",
        "Amina Otieno, Amina Wanjiru, 1",
        "Amina Otieno, Aminah Otino, 2",
        "Aminah Otino, Amina Otieno, 2",
        "Amina Otieno, Amyna Odieno, 2",
        "Amina Amina, Amina Otieno, 1",
        "Amina Otieno, Amni Otineo, 0",
        "Ann Lee, Anne Lea, 0",
        "Jane, Jane, 1",
    })
    void words_with_one_letter_other_more_or_less_are_alike_if_they_are_long_enough(
            String one, String other, int expected) {
        // When
        int alike = Names.alike(Names.words(one), Names.words(other));

        // Then
        assertThat(alike).isEqualTo(expected);
    }
}
