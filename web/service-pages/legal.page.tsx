import { Facts, Link, Page, Section } from '../ui/index.ts'

export default function LegalPage() {
  return (
    <Page title="Mentions légales" width="narrow">
      <Section title="Éditeur">
        <p>
          Ce service est un outil commun du réseau pour l’emploi. Il est mis à la disposition des membres du réseau par
          France Travail, opérateur, en application d’une convention.
        </p>
        <Facts
          items={[
            ['Opérateur', 'France Travail, établissement public'],
            ['Directeur de la publication', 'Le directeur général de France Travail'],
            ['Hébergement', 'Choisi par l’opérateur'],
          ]}
        />
      </Section>
      <Section title="Accès au service">
        <p>
          L’accès est réservé aux personnes dont la structure a signé la convention et à qui le responsable de gestion
          de comptes (RGC) a donné une habilitation. Les accès et les actes sont tracés.
        </p>
      </Section>
      <Section title="Sources et licences">
        <ul>
          <li>
            Établissements : répertoire SIRENE de l’Insee, sous licence ouverte 2.0. Ce que ses titulaires ont refusé de
            diffuser n’est ni gardé ni montré.
          </li>
          <li>
            Découpages administratifs : code officiel géographique ; comités locaux pour l’emploi, éditions publiées par
            le ministère chargé du travail.
          </li>
          <li>
            Code du service : licence EUPL-1.2. Composants et polices : système de design de l’État (DSFR), dont l’usage
            est réservé aux sites de l’État et de ses partenaires.
          </li>
        </ul>
      </Section>
      <Section title="Cookies">
        <p>
          Quatre cookies au plus, tous nécessaires au service : celui de votre session, douze heures au plus ; celui qui
          vous reconnaît au retour de ProConnect, dix minutes ; si vous avez un compte dans deux structures, celui qui
          garde votre connexion pendant que vous choisissez, dix minutes ; et, si vous vous connectez par mot de passe,
          celui qui distingue votre navigateur de ceux d’inconnus qui essaieraient le vôtre, six mois. Aucune mesure
          d’audience, aucun traceur, aucun contenu venu d’un autre site. Le thème clair ou sombre et les raccourcis
          désactivés sont gardés dans votre navigateur.
        </p>
      </Section>
      <p>
        <Link href="/donnees-personnelles">Ce qui est fait des données personnelles</Link>
      </p>
    </Page>
  )
}
