import { useId } from 'preact/hooks';

interface Props<V extends string | number> {
  label: string;
  value: V;
  options: readonly { value: V; label: string; hint?: string }[];
  onChange: (value: V) => void;
}

/** A choice of a few, all in sight: radio buttons that look like one control. */
export function Segments<V extends string | number>({ label, value, options, onChange }: Props<V>) {
  const name = useId();
  return (
    <fieldset class="lab-segments">
      <legend>{label}</legend>
      <div>
        {options.map((option) => (
          <label key={option.value} title={option.hint}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
