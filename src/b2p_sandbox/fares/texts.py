"""Titles and descriptions of what is on sale, in four languages."""

TEXTS: dict[str, dict[str, str]] = {
    "single": {"de": "Einzelbillett", "fr": "Billet simple", "it": "Biglietto singolo", "en": "Single ticket"},
    "round": {
        "de": "Retourbillett",
        "fr": "Billet aller-retour",
        "it": "Biglietto di andata e ritorno",
        "en": "Return ticket",
    },
    "saver": {"de": "Sparbillett", "fr": "Billet dégriffé", "it": "Biglietto risparmio", "en": "Supersaver ticket"},
    "upgrade": {"de": "Klassenwechsel", "fr": "Surclassement", "it": "Cambio di classe", "en": "Class upgrade"},
    "covered": {
        "de": "Durch Abonnement gedeckt",
        "fr": "Couvert par l’abonnement",
        "it": "Coperto dall’abbonamento",
        "en": "Covered by travelcard",
    },
    "free": {"de": "Fährt gratis", "fr": "Voyage gratuitement", "it": "Viaggia gratis", "en": "Travels free"},
    "bike": {
        "de": "Velo-Tageskarte",
        "fr": "Carte journalière vélo",
        "it": "Carta giornaliera bici",
        "en": "Bike day pass",
    },
    "dog": {"de": "Billett für Hunde", "fr": "Billet pour chien", "it": "Biglietto per cani", "en": "Dog ticket"},
    "day_pass": {
        "de": "Tageskarte zum Halbtax",
        "fr": "Carte journalière demi-tarif",
        "it": "Carta giornaliera metà-prezzo",
        "en": "Day Pass for the Half Fare Travelcard",
    },
    "saver_day_pass": {
        "de": "Spartageskarte",
        "fr": "Carte journalière dégriffée",
        "it": "Carta giornaliera risparmio",
        "en": "Saver Day Pass",
    },
    "group": {"de": "Gruppenbillett", "fr": "Billet de groupe", "it": "Biglietto di gruppo", "en": "Group ticket"},
    "group_day_pass": {
        "de": "Gruppen-Tageskarte",
        "fr": "Carte journalière pour groupes",
        "it": "Carta giornaliera per gruppi",
        "en": "Group Day Pass",
    },
    "about_flexible": {
        "de": "Gültig am gewählten Tag in allen Zügen der Strecke. Vor dem Reisetag erstattbar.",
        "fr": "Valable le jour choisi dans tous les trains du parcours. Remboursable avant le jour du voyage.",
        "it": "Valido nel giorno scelto su tutti i treni della tratta. Rimborsabile prima del giorno del viaggio.",
        "en": "Valid on the chosen day on all trains of the route. Refundable before the day of travel.",
    },
    "about_saver": {
        "de": "Nur in den gebuchten Zügen gültig. Weder erstattbar noch umtauschbar.",
        "fr": "Valable uniquement dans les trains réservés. Ni remboursable ni échangeable.",
        "it": "Valido solo sui treni prenotati. Né rimborsabile né sostituibile.",
        "en": "Valid on the booked trains only. Neither refundable nor exchangeable.",
    },
    "about_day_pass": {
        "de": "Freie Fahrt am gewählten Tag bis 5 Uhr des Folgetags.",
        "fr": "Libre parcours le jour choisi jusqu’à 5 heures le lendemain.",
        "it": "Viaggi liberi nel giorno scelto fino alle 5 del giorno seguente.",
        "en": "Unlimited travel on the chosen day until 5 a.m. of the next.",
    },
    "about_covered": {
        "de": "Kein Billett nötig.",
        "fr": "Aucun billet nécessaire.",
        "it": "Nessun biglietto necessario.",
        "en": "No ticket needed.",
    },
    "about_pass": {
        "de": "Gültig im Geltungsbereich während der genannten Dauer. Vor dem ersten Geltungstag erstattbar.",
        "fr": "Valable dans le rayon de validité pendant la durée indiquée. Remboursable avant le premier jour.",
        "it": "Valido nel raggio di validità per la durata indicata. Rimborsabile prima del primo giorno.",
        "en": "Valid within its area for the stated time. Refundable before its first day.",
    },
    "class_1": {"de": "1. Klasse", "fr": "1re classe", "it": "1a classe", "en": "1st class"},
    "class_2": {"de": "2. Klasse", "fr": "2e classe", "it": "2a classe", "en": "2nd class"},
    "flexibility": {"de": "Flexibilität", "fr": "Flexibilité", "it": "Flessibilità", "en": "Flexibility"},
    "FLEX": {"de": "flexibel", "fr": "flexible", "it": "flessibile", "en": "flexible"},
    "SPAR": {"de": "zuggebunden", "fr": "lié au train", "it": "legato al treno", "en": "bound to the train"},
    "FIX": {"de": "fester Geltungstag", "fr": "jour fixe", "it": "giorno fisso", "en": "fixed day"},
    "not_used": {
        "de": "Billett nicht benutzt",
        "fr": "Billet non utilisé",
        "it": "Biglietto non utilizzato",
        "en": "Ticket not used",
    },
    "invoice": {"de": "Rechnung SBB", "fr": "Facture CFF", "it": "Fattura FFS", "en": "SBB invoice"},
    "adult": {"de": "Erwachsene", "fr": "Adultes", "it": "Adulti", "en": "Adults"},
    "youth": {"de": "Jugendliche", "fr": "Jeunes", "it": "Giovani", "en": "Youth"},
    "child": {"de": "Kinder", "fr": "Enfants", "it": "Bambini", "en": "Children"},
    "half_fare": {"de": "Halbtax", "fr": "Demi-tarif", "it": "Metà-prezzo", "en": "Half Fare Travelcard"},
    "ga_1": {"de": "GA 1. Klasse", "fr": "AG 1re classe", "it": "AG 1a classe", "en": "GA 1st class"},
    "ga_2": {"de": "GA 2. Klasse", "fr": "AG 2e classe", "it": "AG 2a classe", "en": "GA 2nd class"},
}


def get_label(key: str, language: str) -> str:
    """The text of `key` in one of de, fr, it, en."""
    return TEXTS[key][language]
