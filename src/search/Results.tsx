import { LANG } from '~/i18n/locale.ts';
import type { Result, ResultPassage } from './result.ts';
import type { Session, State } from './session.ts';
import { type SearchTextKey, type SearchTexts, type SearchWords, say } from './words.ts';

interface Props {
  state: State;
  session: Session;
  /** Place of the chosen option among all options; −1 for none. */
  active: number;
  onPoint: (option: number) => void;
  /** Said by screen readers when the results have come to rest. */
  announced: string;
  /** Prefix of ids, one for the dialog and one for the page. */
  id: string;
  /** Where the same results have an address of their own. */
  fullPage: string | undefined;
  failed: { text: string; retry: string };
}

export function Results({ state, session, announced, fullPage, failed, ...list }: Props) {
  const { words, phase } = state;
  return (
    <>
      {words && <Filters words={words} state={state} session={session} />}
      <div class="search-scroll" data-answered={state.answered}>
        {phase === 'failed' && (
          <p class="search-note">
            {failed.text}{' '}
            <button type="button" onClick={session.retry}>
              {failed.retry}
            </button>
          </p>
        )}
        {words && phase !== 'failed' && (
          <Found {...list} words={words} state={state} session={session} />
        )}
      </div>
      <p class="visually-hidden" role="status">
        {announced}
      </p>
      {words && fullPage !== undefined && (
        <div class="search-foot">
          <span class="search-keys">{words.texts['search.keys']}</span>
          {state.query.trim() && <a href={fullPage}>{words.texts['search.fullPage']}</a>}
        </div>
      )}
    </>
  );
}

function Filters({
  words,
  state,
  session,
}: Pick<Props, 'state' | 'session'> & { words: SearchWords }) {
  const { texts, topics } = words;
  return (
    <div class="search-filters">
      <Filter
        label={texts['search.topic']}
        all={texts['search.allTopics']}
        value={state.topic}
        options={topics.map(({ slug, short }) => [slug, short] as const)}
        onChoose={(topic) => session.ask({ topic })}
      />
      <Filter
        label={texts['search.level']}
        all={texts['search.allLevels']}
        value={state.level}
        options={([1, 2, 3] as const).map(
          (level) => [String(level), texts[`level.${level}`]] as const,
        )}
        onChoose={(level) => session.ask({ level })}
      />
    </div>
  );
}

interface FilterProps {
  label: string;
  all: string;
  value: string;
  options: readonly (readonly [value: string, text: string])[];
  onChoose: (value: string) => void;
}

function Filter({ label, all, value, options, onChoose }: FilterProps) {
  return (
    <select
      aria-label={label}
      value={value}
      data-set={value ? '' : undefined}
      onChange={({ currentTarget }) => onChoose(currentTarget.value)}
    >
      <option value="">{all}</option>
      {options.map(([choice, text]) => (
        <option key={choice} value={choice}>
          {text}
        </option>
      ))}
    </select>
  );
}

type ListProps = Pick<Props, 'state' | 'session' | 'active' | 'onPoint' | 'id'> & {
  words: SearchWords;
};

function Found({ words, state, session, active, onPoint, id }: ListProps) {
  const { texts } = words;
  const { results, total, better, partly, nearest, phase } = state;
  const listed = results.length > 0 ? results : nearest;
  const query = state.query.trim();
  const idle = !query && !state.topic && !state.level;
  let option = 0;
  return (
    <>
      {idle && <p class="search-note">{texts['search.start']}</p>}
      {better && <p class="search-note">{say(texts['search.corrected'], { q: query, better })}</p>}
      {partly && results.length > 0 && <p class="search-note">{texts['search.partly']}</p>}
      {query && phase === 'ready' && results.length === 0 && (
        <p class="search-note">
          {say(texts['search.none'], { q: query })}
          {nearest.length > 0 && <> {texts['search.nearest']}</>}
        </p>
      )}
      {listed.length > 0 && (
        <div role="listbox" id={`${id}-list`} aria-label={texts['search.results']}>
          {listed.map((result) => {
            const first = option;
            option += 1 + result.passages.length;
            return (
              <Group key={result.page.path} {...{ result, words, first, active, onPoint, id }} />
            );
          })}
        </div>
      )}
      {total > results.length && results.length > 0 && (
        <button type="button" class="search-more" onClick={session.more}>
          {texts['search.more']}
        </button>
      )}
    </>
  );
}

interface GroupProps extends Pick<ListProps, 'words' | 'active' | 'onPoint' | 'id'> {
  result: Result;
  /** Place of its title among all options. */
  first: number;
}

function Group({ result, words, first, active, onPoint, id }: GroupProps) {
  const { page, title, href, lead, passages } = result;
  const topic = words.topics.find(({ slug }) => slug === page.topic);
  const option = (place: number) => ({
    role: 'option' as const,
    id: `${id}-${place}`,
    tabIndex: -1,
    'aria-selected': place === active,
    onMouseMove: () => place !== active && onPoint(place),
  });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot group the options of a list.
    <div role="group" aria-labelledby={`${id}-${first}`} class="search-group">
      <a href={href} class="search-title" {...option(first)}>
        <span class="search-name">
          <Marked parts={title} />
        </span>
        <small>
          {topic?.short}
          <Level level={page.level} texts={words.texts} />
        </small>
        {lead && (
          <span class="search-text">
            <Marked parts={lead.parts} />
          </span>
        )}
      </a>
      {passages.map((passage, index) => (
        <a
          key={passage.href}
          href={passage.href}
          class="search-passage"
          {...option(first + 1 + index)}
        >
          <PassageText passage={passage} texts={words.texts} />
        </a>
      ))}
    </div>
  );
}

function Level({ level, texts }: { level: 0 | 1 | 2 | 3; texts: SearchTexts }) {
  const key: SearchTextKey = level === 0 ? 'questions.main' : `level.${level}`;
  return (
    <span class="level" data-dots={level > 0 ? '●'.repeat(level) : ''}>
      {texts[key]}
    </span>
  );
}

function PassageText({ passage, texts }: { passage: ResultPassage; texts: SearchTexts }) {
  const { heading, refuted, parts, foreign } = passage;
  return (
    <>
      {heading.join('') && (
        <span class="search-heading" lang={foreign && LANG[foreign]}>
          {refuted ? (
            <s>
              <Marked parts={heading} />
            </s>
          ) : (
            <Marked parts={heading} />
          )}
          {foreign && <small>{texts['search.otherLanguage']}</small>}
        </span>
      )}
      <span class="search-text" lang={foreign && LANG[foreign]}>
        <Marked parts={parts} />
      </span>
    </>
  );
}

/** Text only: what comes from the index is never read as HTML. */
function Marked({ parts }: { parts: readonly string[] }) {
  return (
    <>{parts.map((part, index) => (index % 2 === 1 ? <mark key={index}>{part}</mark> : part))}</>
  );
}
