/** What a page tells search engines of itself, in the words of schema.org. */
import type { Element } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import type { Answer, BreadcrumbList, Quiz, TechArticle, WebSite } from 'schema-dts';
import { LANG, type Locale } from '~/i18n/locale.ts';
import { byClass, byData, find, findAll, plainText } from '~/markdown/builtHtml.ts';
import type { QuestionKind } from '~/schemas/question.ts';

/** One statement of a page; `WebSite` and the rest are its kinds. */
export type StructuredData = BreadcrumbList | Quiz | TechArticle | WebSite;

const LICENSE = 'https://creativecommons.org/licenses/by/4.0/';

interface Page {
  locale: Locale;
  /** Absolute, as its canonical link. */
  url: string;
  name: string;
  description: string;
}

export const webSite = ({ locale, ...page }: Page): WebSite => ({
  '@type': 'WebSite',
  ...page,
  inLanguage: LANG[locale],
});

/** From home to the page itself; at least these two. */
export const breadcrumbs = (pages: readonly { name: string; url: string }[]): BreadcrumbList => ({
  '@type': 'BreadcrumbList',
  itemListElement: pages.map(({ name, url }, index) => ({
    '@type': 'ListItem',
    position: index + 1,
    name,
    item: url,
  })),
});

/** A topic. Its questions are not repeated here: search engines want each on its own page. */
export const article = (
  page: Page & { image: string; checked: string; site: { name: string; url: string } },
): TechArticle => ({
  '@type': 'TechArticle',
  headline: page.name,
  description: page.description,
  image: page.image,
  dateModified: page.checked,
  inLanguage: LANG[page.locale],
  author: { '@type': 'Organization', ...page.site },
  license: LICENSE,
  isAccessibleForFree: true,
});

interface QuestionPage {
  locale: Locale;
  url: string;
  title: string;
  kind: QuestionKind;
  /** In words: of its topic and its level. */
  topic: string;
  level: string;
  checked: string;
}

/**
 * A question with its answer as a quiz of one card. Not a `QAPage`: that is for answers sent in by
 * users. `html` is the question's text as its page prints it. Throws when it lacks its parts.
 */
export function quiz(page: QuestionPage, html: string): Quiz {
  const text = fromHtml(html, { fragment: true });
  const part = (element: Element | undefined): string => {
    const plain = element && plainText(element);
    if (!plain) throw new Error(`${page.url}: a question without its text or its answer`);
    return plain;
  };
  const answer = part(find(text, byData('dataAnswer')));
  const options = findAll(text, byData('dataOption'));
  const option = (element: Element): Answer => ({
    '@type': 'Answer',
    text: part(withoutWhy(element)),
  });
  const isCorrect = byData('dataCorrect');
  return {
    '@type': 'Quiz',
    name: page.title,
    url: page.url,
    inLanguage: LANG[page.locale],
    about: { '@type': 'Thing', name: page.topic },
    educationalLevel: page.level,
    educationalAlignment: {
      '@type': 'AlignmentObject',
      alignmentType: 'educationalSubject',
      educationalFramework: 'ACM Computing Classification System',
      targetName: 'Machine learning',
    },
    dateModified: page.checked,
    license: LICENSE,
    isAccessibleForFree: true,
    hasPart:
      page.kind === 'choice'
        ? {
            '@type': 'Question',
            eduQuestionType: 'Multiple choice',
            text: page.title,
            acceptedAnswer: {
              ...option(options.filter(isCorrect)[0]!),
              answerExplanation: { '@type': 'Comment', text: answer },
            },
            suggestedAnswer: options.filter((one) => !isCorrect(one)).map(option),
          }
        : {
            '@type': 'Question',
            eduQuestionType: 'Flashcard',
            text: page.kind === 'numeric' ? part(find(text, byClass('prompt'))) : page.title,
            acceptedAnswer: { '@type': 'Answer', text: answer },
          },
  };
}

const withoutWhy = (option: Element): Element => ({
  ...option,
  children: option.children.filter((child) => !(child.type === 'element' && byClass('why')(child))),
});
