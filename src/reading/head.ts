/**
 * Runs in the head before the first paint: the reader's colours and recall mode, and the sign that
 * scripts run, so that controls that need one appear only then. Printed inline, hence a string.
 */
export const HEAD_SCRIPT = `(function(d){d.js='';try{var t=localStorage.getItem('theme');if(t==='light'||t==='dark')d.theme=t;if(localStorage.getItem('recall'))d.recall=''}catch(e){}})(document.documentElement.dataset)`;
